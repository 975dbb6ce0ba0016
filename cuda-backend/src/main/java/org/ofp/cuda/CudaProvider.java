// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ofp.cuda.gpu.CudaDriver;
import org.ofp.cuda.gpu.CudaProbe;
import org.ofp.cuda.gpu.DriverGpu;
import org.ofp.cuda.gpu.FftBindings;
import org.ofp.cuda.gpu.JavacppBlas;
import org.ofp.cuda.product.InstalledGpu;
import org.ofp.device.Availability;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceProvider;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/** Opens {@code cuda:N} devices: simulated benches on GPU N. */
public final class CudaProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "cuda";
  }

  @Override
  public String summary() {
    return "simulated bench on a GPU";
  }

  @Override
  public int apiLevel() {
    return OpticalFourierDevice.API_LEVEL;
  }

  @Override
  public List<String> bodies() {
    return CudaDriver.survey().gpus().stream().map(gpu -> "" + gpu.ordinal()).toList();
  }

  @Override
  public List<OptionSpec> options(String body) {
    return options(body, Map.of());
  }

  @Override
  public List<OptionSpec> options(String body, Map<String, String> given) {
    ordinal(body);
    return CudaOptions.of(given);
  }

  @Override
  public Availability probe() {
    return CudaProbe.availability();
  }

  @Override
  public OpticalFourierDevice open(
      String body, Options options, Optional<OpticalFourierDevice> inner) {
    int ordinal = ordinal(body);
    return withoutLostGpu(() -> open(ordinal, options), InstalledGpu::release);
  }

  /**
   * Opens, and once more if the GPU was lost: products of the host's data keep it open for the life
   * of the process, and who has lost it cannot open it anew while anybody else has it.
   *
   * @param release closes the GPU that products keep
   */
  static <T> T withoutLostGpu(Supplier<T> opening, Runnable release) {
    try {
      return opening.get();
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.DEVICE_LOST) {
        throw e;
      }
      release.run();
      return opening.get();
    }
  }

  private static OpticalFourierDevice open(int ordinal, Options options) {
    DriverGpu gpu = DriverGpu.open(ordinal);
    try {
      FftBindings.Choice fft = FftBindings.choose(options.text(CudaOptions.FFT));
      return CudaDevices.open(
          options,
          gpu,
          FftBindings.open(fft, gpu),
          stream -> JavacppBlas.openIfUsable(gpu, stream),
          fft.text());
    } catch (RuntimeException | Error e) {
      gpu.close();
      throw e;
    }
  }

  private static int ordinal(String body) {
    if (!body.matches("[0-9]{1,4}")) {
      throw new DeviceException(
          ErrorCode.MALFORMED_URI,
          "cuda:"
              + body
              + " names no GPU; give its number, as in 'cuda:0', and the bench as an option, as in"
              + " 'cuda:0?preset=demonstrator'");
    }
    return Integer.parseInt(body);
  }
}
