// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/** Which engine runs a convolution. */
public enum Route {
  /** Frames on an optical Fourier processor. */
  OPTICAL,
  /** A matrix product per pixel: 1×1 kernels. */
  POINTWISE,
  /** libtorch's own convolution. */
  ELECTRONIC
}
