// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ofp.device.Availability;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceProvider;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;
import org.ofp.device.PhysicalParameter;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.Kernels;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.BenchProfile;
import org.ofp.optics.FieldError;

/** Opens {@code sim:} devices: {@code sim:PRESET} and {@code sim:file=PATH}. */
public final class SimulatorProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "sim";
  }

  @Override
  public String summary() {
    return "simulated bench";
  }

  @Override
  public int apiLevel() {
    return OpticalFourierDevice.API_LEVEL;
  }

  @Override
  public List<String> bodies() {
    return BenchProfile.presets();
  }

  @Override
  public List<OptionSpec> options(String body) {
    return BenchProfile.of(body).options();
  }

  @Override
  public Availability probe() {
    return Availability.yes("FFT by " + Kernels.fft().name());
  }

  @Override
  public OpticalFourierDevice open(
      String body, Options options, Optional<OpticalFourierDevice> inner) {
    BenchParameters bench = BenchParameters.of(options);
    FftKernel fft = Kernels.fft();
    String name = BenchProfile.of(body).name();
    List<PhysicalParameter> parameters = new ArrayList<>();
    for (OptionSpec spec : options.specs()) {
      parameters.add(new PhysicalParameter(spec.name(), spec.defaultValue(), spec.unit()));
    }
    double fieldError =
        FieldError.of(
            bench,
            optics -> new SimulatedDevice(description(body, name, optics, List.of()), optics, fft),
            (frame, rows, cols) -> fft.plan(rows, cols).forward(frame, 0, 1));
    if (fieldError > 0) {
      String share = String.format(Locale.ROOT, "%.4g", fieldError);
      parameters.add(new PhysicalParameter("field-error", share, ""));
    }
    parameters.add(new PhysicalParameter("fft", fft.name(), ""));
    return new SimulatedDevice(description(body, name, bench, parameters), bench, fft);
  }

  private static DeviceDescription description(
      String body, String name, BenchParameters bench, List<PhysicalParameter> parameters) {
    return new DeviceDescription(
        "sim:" + body + (bench.unit() == 1 ? "" : ":" + bench.unit()),
        "simulated bench '" + name + "'",
        "sim " + version(),
        bench.capabilities(SimulatedDevice.preferredBuffers()),
        bench.calibration(),
        parameters);
  }

  private static String version() {
    String version = SimulatorProvider.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
