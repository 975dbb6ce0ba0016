// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.DeviceDescription;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;
import org.ofp.device.PhysicalParameter;
import org.ofp.kernels.Kernels;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.BenchProfile;
import org.ofp.optics.FieldError;

/** Makes devices of checked options and an open GPU. */
final class CudaDevices {
  /** Enough for the few frames that {@link FieldError} shows. */
  private static final double OPTICS_MEMORY = 1e6;

  private CudaDevices() {}

  /**
   * A device.
   *
   * @param options of {@link CudaOptions}
   * @param gpu closed with the device, or now if this fails
   * @param blases opens cuBLAS for a stream; empty where it cannot be used
   * @param fftText which binding to cuFFT computes, and why
   */
  static OpticalFourierDevice open(
      Options options,
      Gpu gpu,
      GpuFft fft,
      Function<GpuStream, Optional<GpuBlas>> blases,
      String fftText) {
    try {
      BenchParameters bench = BenchParameters.of(options);
      DeviceDescription description = description(options, bench, gpu, fft, fftText);
      double memory = options.number(CudaOptions.MEMORY);
      return new CudaDevice(description, bench, memory, gpu, fft, blases, gpu::close);
    } catch (RuntimeException | Error e) {
      gpu.close();
      throw e;
    }
  }

  private static DeviceDescription description(
      Options options, BenchParameters bench, Gpu gpu, GpuFft fft, String fftText) {
    List<PhysicalParameter> parameters = new ArrayList<>();
    for (OptionSpec spec : options.specs()) {
      if (!spec.name().equals(CudaOptions.FFT)) {
        parameters.add(new PhysicalParameter(spec.name(), spec.defaultValue(), spec.unit()));
      }
    }
    double fieldError =
        FieldError.of(
            bench,
            optics -> opticsAlone(optics, gpu, fft),
            (frame, rows, cols) -> Kernels.fft().plan(rows, cols).forward(frame, 0, 1));
    if (fieldError > 0) {
      String share = String.format(Locale.ROOT, "%.4g", fieldError);
      parameters.add(new PhysicalParameter("field-error", share, ""));
    }
    parameters.add(new PhysicalParameter("fft", fftText, ""));
    parameters.add(new PhysicalParameter("gpu", gpu.description().name(), ""));
    String preset = options.text(CudaOptions.PRESET);
    String name = BenchProfile.of(preset).name();
    int ordinal = gpu.description().ordinal();
    return new DeviceDescription(
        "cuda:" + ordinal + ":" + preset + (bench.unit() == 1 ? "" : ":" + bench.unit()),
        "simulated bench '" + name + "' on GPU " + ordinal,
        "cuda " + version(),
        bench.capabilities(CudaDevice.preferredBuffers()),
        bench.calibration(),
        parameters);
  }

  /** A device for {@link FieldError}, which leaves the GPU open. */
  private static OpticalFourierDevice opticsAlone(BenchParameters bench, Gpu gpu, GpuFft fft) {
    DeviceDescription description =
        new DeviceDescription(
            "cuda:" + gpu.description().ordinal(),
            "optics of a simulated bench",
            "cuda " + version(),
            bench.capabilities(CudaDevice.preferredBuffers()),
            bench.calibration(),
            List.of());
    return new CudaDevice(
        description, bench, OPTICS_MEMORY, gpu, fft, stream -> Optional.empty(), () -> {});
  }

  private static String version() {
    String version = CudaDevices.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
