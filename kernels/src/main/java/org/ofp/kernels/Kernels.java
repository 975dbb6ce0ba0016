// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.List;

/**
 * Where callers get engines: the best one that works here, or one by name.
 *
 * <p>The system properties {@code ofp.fft}, {@code ofp.product} and {@code ofp.pointwise} force an
 * engine by name. Every provider is probed at most once per process, when it is first needed; one
 * that fails keeps its reason and never hides the others. Thread-safe.
 */
public final class Kernels {

  private static final KernelRegistry<FftKernel> FFT =
      new KernelRegistry<>("fft", FftKernel.class, CheckedFft::new);
  private static final KernelRegistry<ComplexProduct> PRODUCT =
      new KernelRegistry<>("product", ComplexProduct.class, CheckedProduct::new);
  private static final KernelRegistry<PointwiseProduct> POINTWISE =
      new KernelRegistry<>("pointwise", PointwiseProduct.class, CheckedPointwise::new);

  private Kernels() {}

  /** The best Fourier transform available, or the one that {@code ofp.fft} names. */
  public static FftKernel fft() {
    return FFT.best();
  }

  /**
   * The Fourier transform of that name.
   *
   * @throws KernelUnavailableException naming the reason and what is available instead
   */
  public static FftKernel fft(String name) {
    return FFT.named(name);
  }

  /** The best complex product available, or the one that {@code ofp.product} names. */
  public static ComplexProduct complexProduct() {
    return PRODUCT.best();
  }

  /**
   * The complex product of that name.
   *
   * @throws KernelUnavailableException naming the reason and what is available instead
   */
  public static ComplexProduct complexProduct(String name) {
    return PRODUCT.named(name);
  }

  /** The best pointwise product available, or the one that {@code ofp.pointwise} names. */
  public static PointwiseProduct pointwiseProduct() {
    return POINTWISE.best();
  }

  /**
   * The pointwise product of that name.
   *
   * @throws KernelUnavailableException naming the reason and what is available instead
   */
  public static PointwiseProduct pointwiseProduct(String name) {
    return POINTWISE.named(name);
  }

  /** Every engine found, available or not, best first within each kind. Probes them all. */
  public static List<KernelStatus> list() {
    return java.util.stream.Stream.of(FFT, PRODUCT, POINTWISE)
        .flatMap(registry -> registry.list().stream())
        .toList();
  }
}
