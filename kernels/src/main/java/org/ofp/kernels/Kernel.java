// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/**
 * One engine for one kind of work: a {@link FftKernel}, a {@link ComplexProduct} or a {@link
 * PointwiseProduct}.
 *
 * <p>A provider implements one of the three, has a public no-argument constructor that does nothing
 * and is named in {@code META-INF/services}. {@link Kernels} calls {@link #probe()} once before
 * anything else, checks all arguments and caches plans, so a provider computes and nothing more.
 */
public interface Kernel {
  /** The least {@linkplain #priority() priority} of engines on an accelerator. */
  int ACCELERATOR = 100;

  /** Short lower-case name, unique among the engines of one kind, for example {@code "mkl"}. */
  String name();

  /** The available engine of the highest priority is the default; host engines use 0 to 99. */
  int priority();

  /**
   * Loads what the engine needs; returns normally if it can be used from now on.
   *
   * @throws KernelUnavailableException with the reason, for a person to act on. A {@link
   *     LinkageError} or another exception counts as unavailable too.
   */
  void probe();
}
