// SPDX-License-Identifier: Apache-2.0
package com.example.toy;

import java.util.List;
import java.util.Optional;
import org.ofp.device.Availability;
import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceProvider;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;
import org.ofp.device.ReadoutMode;

/** A driver as a partner writes it; SCHEME and SIGN are filled in by the test. */
public final class ToyProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "SCHEME";
  }

  @Override
  public String summary() {
    return "toy of 8 by 6 pixels";
  }

  @Override
  public int apiLevel() {
    return OpticalFourierDevice.API_LEVEL;
  }

  @Override
  public List<String> bodies() {
    return List.of("one");
  }

  @Override
  public List<OptionSpec> options(String body) {
    return List.of();
  }

  @Override
  public Availability probe() {
    return Availability.yes("always there");
  }

  @Override
  public OpticalFourierDevice open(
      String body, Options options, Optional<OpticalFourierDevice> inner) {
    Capabilities capabilities =
        new Capabilities(
            new FrameShape(8, 6),
            true,
            Modulation.COMPLEX,
            0,
            0,
            ReadoutMode.COHERENT,
            0,
            1e-4,
            1,
            1e-3,
            1e-4,
            1e-4,
            Determinism.NOISELESS,
            BufferKind.HEAP,
            OpticalFourierDevice.API_LEVEL);
    return new ToyDevice(
        new DeviceDescription(
            "SCHEME:" + body,
            "toy",
            "toy 1",
            capabilities,
            new Calibration("exact", 1000, 0, 1, 0, Double.POSITIVE_INFINITY),
            List.of()));
  }
}
