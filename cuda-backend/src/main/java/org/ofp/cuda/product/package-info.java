// SPDX-License-Identifier: Apache-2.0
/**
 * Pointwise and spectral products on cuBLAS, as engines of {@code org.ofp.kernels}. Internal; may
 * change at any time.
 */
package org.ofp.cuda.product;
