// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceDescription;
import org.ofp.device.Devices;
import org.ofp.device.EnergyUse;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.StageTimes;

class StageProfileTest {
  private static final FrameShape SHAPE = new FrameShape(8, 8);
  private static final int FIELDS = 3;

  @Test
  void aDeviceWithoutStagesIsOneStage() {
    try (OpticalFourierDevice device = with("extension", Optional.empty())) {
      StageProfile profile = profile(device, 2);
      assertEquals(
          List.of("encode", "reconstruct", "device"), new ArrayList<>(profile.stages().keySet()));
      assertTrue(profile.stages().get("device") > 0);
      assertEquals(1, profile.frames());
    }
  }

  @Test
  void stagesOfTheDeviceAreDifferencesPerTransform() {
    long[] asked = new long[1];
    StageTimes times =
        () -> {
          asked[0]++;
          return Map.of("lens", 6.0 * asked[0]); // 6 more each time
        };
    try (OpticalFourierDevice device = with("extension", Optional.of(times))) {
      Map<String, Double> stages = profile(device, 1).stages();
      assertEquals(
          List.of("encode", "lens", "reconstruct", "other"), new ArrayList<>(stages.keySet()));
      assertEquals(6.0 / FIELDS, stages.get("lens"), 1e-12);
      assertEquals(0, stages.get("other"), "nothing can be left of less than 6 seconds");
    }
  }

  @Test
  void energyFollowsFromWhatTheDeviceDeclares() {
    DeviceDescription plain;
    try (OpticalFourierDevice device = open()) {
      plain = declare(device.description(), EnergyUse.unknown());
    }
    try (OpticalFourierDevice device = with("description", plain)) {
      assertEquals(Double.NaN, profile(device, 1).joules());
    }
    double power = 3;
    double write = 1e-3;
    double sample = 1e-2;
    DeviceDescription declared = declare(plain, new EnergyUse(power, write, sample));
    try (OpticalFourierDevice device = with("description", declared)) {
      StageProfile profile = profile(device, 1);
      Capabilities c = plain.capabilities();
      double exposed =
          profile.deviceSeconds()
              - profile.frames() * c.framePeriod()
              - profile.reads() * c.readPeriod();
      double pixels = SHAPE.pixels();
      double joules =
          power * exposed
              + write * pixels
              + sample * pixels * c.readout().planes() * profile.reads();
      assertEquals(joules, profile.joules(), 1e-9 * joules);
    }
  }

  private static StageProfile profile(OpticalFourierDevice device, int runs) {
    StageProfile profile =
        new StageProfile(device, SHAPE, RandomFields.of(FIELDS * 2 * SHAPE.pixels()));
    for (int i = 0; i < runs; i++) {
      profile.run();
    }
    return profile;
  }

  private static OpticalFourierDevice open() {
    return Devices.open("sim:ideal?rows=8&cols=8");
  }

  /** A simulated device, one of whose methods answers otherwise. */
  private static OpticalFourierDevice with(String method, Object answer) {
    OpticalFourierDevice device = open();
    return (OpticalFourierDevice)
        Proxy.newProxyInstance(
            StageProfileTest.class.getClassLoader(),
            new Class<?>[] {OpticalFourierDevice.class},
            (proxy, called, args) -> {
              if (called.getName().equals(method)) {
                return answer;
              }
              try {
                return called.invoke(device, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static DeviceDescription declare(DeviceDescription description, EnergyUse energy) {
    Capabilities c = description.capabilities();
    return new DeviceDescription(
        description.id(),
        description.name(),
        description.driver(),
        new Capabilities(
            c.maxFrame(),
            c.windows(),
            c.modulation(),
            c.complexEncoding(),
            c.amplitudeBits(),
            c.phaseBits(),
            c.readout(),
            c.adcBits(),
            c.minExposure(),
            c.maxExposure(),
            c.defaultExposure(),
            c.framePeriod(),
            c.readPeriod(),
            c.determinism(),
            c.preferredBuffers(),
            energy,
            c.apiLevel()),
        description.calibration(),
        description.parameters());
  }
}
