// SPDX-License-Identifier: Apache-2.0
/** The pictures of docs/OPTICAL_CONVOLUTION.md, made by the code that they explain. */
package org.ofp.benchmarks.pictures;
