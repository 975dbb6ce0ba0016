// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.List;
import java.util.Optional;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * Which binding to cuFFT computes. By itself the first of {@code javacpp} and {@code jcufft} that
 * loads: the former's cuFFT is two CUDA releases younger and knows the newer GPUs.
 */
public final class FftBindings {
  /** What asks for the first that loads. */
  public static final String AUTO = "auto";

  /** The values of the option {@code fft}. */
  public static final List<String> OPTIONS = List.of(AUTO, "jcufft", "javacpp");

  private FftBindings() {}

  /**
   * A choice.
   *
   * @param name of the binding
   * @param text name and version for people, and why it is not the other
   */
  public record Choice(String name, String text) {}

  /**
   * Chooses, and loads what it must for that.
   *
   * @param wanted one of {@link #OPTIONS}
   * @throws DeviceException {@link ErrorCode#UNAVAILABLE} if it does not load, saying why
   */
  public static Choice choose(String wanted) {
    return choose(wanted, CudaLibraries.JAVACPP_CUFFT, CudaLibraries.JCUFFT);
  }

  /** The binding of that name, for a GPU. */
  public static GpuFft open(Choice choice, DriverGpu gpu) {
    return choice.name().equals(CudaLibraries.JCUFFT.binding())
        ? new JcufftFft(gpu)
        : new JavacppFft(gpu);
  }

  static Choice choose(String wanted, CudaLibrary first, CudaLibrary second) {
    if (wanted.equals(AUTO)) {
      Optional<String> firstMissing = first.missing();
      if (firstMissing.isEmpty()) {
        return new Choice(
            first.binding(),
            described(first) + "; " + second.binding() + " is the second choice and was not tried");
      }
      Optional<String> secondMissing = second.missing();
      String whyNotFirst = first.binding() + " does not load: " + firstMissing.get();
      if (secondMissing.isEmpty()) {
        return new Choice(second.binding(), described(second) + "; " + whyNotFirst);
      }
      throw unavailable(
          whyNotFirst + "; " + second.binding() + " does not load: " + secondMissing.get());
    }
    CudaLibrary asked = wanted.equals(first.binding()) ? first : second;
    CudaLibrary other = asked == first ? second : first;
    asked
        .missing()
        .ifPresent(
            reason -> {
              throw unavailable(
                  wanted + " does not load: " + reason + "; fft=auto tries " + other.binding());
            });
    return new Choice(asked.binding(), described(asked) + ", as asked for");
  }

  private static String described(CudaLibrary library) {
    return library.binding() + " (" + library.name() + " " + library.version() + ")";
  }

  private static DeviceException unavailable(String reasons) {
    return new DeviceException(
        ErrorCode.UNAVAILABLE,
        "no binding to cuFFT can be used: "
            + reasons
            + "; install CUDA 13 or 11, or see docs/GPU.md");
  }
}
