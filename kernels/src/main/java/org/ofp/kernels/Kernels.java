// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.List;
import java.util.Optional;

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

  /**
   * The best pointwise product available, or the one that {@code ofp.pointwise} names. An engine on
   * an accelerator, unless it is named, leaves what it {@linkplain PointwiseProduct#declines
   * declines} to the best one of the host. If it cannot be opened, the host computes everything.
   */
  public static PointwiseProduct pointwiseProduct() {
    Optional<PointwiseProduct> accelerator = pointwiseAccelerator();
    if (accelerator.isEmpty()) {
      return POINTWISE.best();
    }
    try {
      accelerator.get().open();
      return new SharedPointwise(accelerator.get(), POINTWISE.host());
    } catch (KernelUnavailableException e) {
      // For good: which engine computes what must not change from one result to the next.
      POINTWISE.reject(accelerator.get().name(), e);
      return pointwiseProduct();
    }
  }

  /** The names of the engines that {@link #pointwiseProduct()} uses: one, or two that share. */
  public static List<String> pointwiseEngines() {
    return pointwiseAccelerator()
        .map(accelerator -> List.of(accelerator.name(), POINTWISE.host().name()))
        .orElseGet(() -> List.of(POINTWISE.best().name()));
  }

  /**
   * Who computes pointwise products of a size, and why, where there is a choice: {@code "by
   * cublas"}, or {@code "on the CPU: "} and the reason. Empty without an accelerator, or if {@code
   * ofp.pointwise} names an engine. Probes no engine of the host.
   *
   * @param cout output channels, at least 1
   * @param cin input channels, at least 1
   * @param pixels pixels per image, at least 1
   */
  public static String pointwiseChoice(int cout, int cin, int pixels) {
    return pointwiseAccelerator()
        .map(accelerator -> SharedPointwise.choice(accelerator, cout, cin, pixels))
        .orElse("");
  }

  private static Optional<PointwiseProduct> pointwiseAccelerator() {
    return POINTWISE.isForced() ? Optional.empty() : POINTWISE.accelerator();
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
