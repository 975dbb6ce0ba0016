// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/**
 * A maker of batched complex matrix products: one small matrix per spatial frequency, which is how
 * the spectra of all input channels are combined to those of all output channels.
 *
 * <p>Thread-safe.
 */
public interface ComplexProduct extends Kernel {

  /**
   * Makes room for weights, in the engine's own memory; they are zero until they are {@linkplain
   * PreparedProduct#weights() written}.
   *
   * @param matrices number of matrices, at least 0
   * @param m rows of each matrix (output channels), at least 1
   * @param k columns of each matrix (input channels), at least 1
   * @throws IllegalArgumentException if a size is out of range or there would be 2³¹ floats or more
   */
  PreparedProduct prepare(int matrices, int m, int k);
}
