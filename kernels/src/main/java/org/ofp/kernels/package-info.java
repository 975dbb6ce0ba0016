// SPDX-License-Identifier: Apache-2.0
/**
 * Host numerics behind a small SPI: the 2-D Fourier transform, the batched complex matrix product
 * and the pointwise (1×1) product.
 *
 * <p>Callers ask {@link org.ofp.kernels.Kernels} for an engine and get the fastest one that works
 * on this machine, or the one they name. Engines are {@link org.ofp.kernels.Kernel}s found by
 * {@link java.util.ServiceLoader}; other modules add theirs the same way.
 *
 * <p>Everywhere: row-major arrays, complex numbers as interleaved re, im pairs of {@code float},
 * results that do not depend on the number of threads.
 */
package org.ofp.kernels;
