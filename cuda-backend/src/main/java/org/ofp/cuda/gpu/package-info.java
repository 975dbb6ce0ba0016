// SPDX-License-Identifier: Apache-2.0
/**
 * The edge to CUDA: what the backend asks of a GPU, and its bindings. Internal; may change at any
 * time.
 */
package org.ofp.cuda.gpu;
