// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.util.ArrayList;
import java.util.List;
import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.ComplexEncoding;
import org.ofp.device.DetectorNoise;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceDescription;
import org.ofp.device.EnergyUse;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.PhysicalParameter;
import org.ofp.device.ReadoutMode;
import org.ofp.device.Shading;

/** A device's description as fields of a header, every number to its last bit. */
final class DescriptionFields {
  private static final String PARAMETER = "parameter.";
  private static final int MAX_PARAMETERS = 10_000;

  private DescriptionFields() {}

  static void write(DeviceDescription device, HeaderFields to) {
    to.put("device.id", device.id());
    to.put("device.name", device.name());
    to.put("device.driver", device.driver());
    write(device.capabilities(), to);
    write(device.calibration(), to);
    int n = 0;
    for (PhysicalParameter parameter : device.parameters()) {
      String at = PARAMETER + n++;
      to.put(at + ".name", parameter.name());
      to.put(at + ".value", parameter.value());
      to.put(at + ".unit", parameter.unit());
    }
  }

  private static void write(Capabilities device, HeaderFields to) {
    to.put("frame.rows", device.maxFrame().rows());
    to.put("frame.cols", device.maxFrame().cols());
    to.put("frame.windows", device.windows());
    to.put("modulation", device.modulation());
    to.put("complex-encoding", device.complexEncoding());
    to.put("amplitude-bits", device.amplitudeBits());
    to.put("phase-bits", device.phaseBits());
    to.put("readout", device.readout());
    to.put("adc-bits", device.adcBits());
    to.put("exposure.min", device.minExposure());
    to.put("exposure.max", device.maxExposure());
    to.put("exposure.default", device.defaultExposure());
    to.put("period.frame", device.framePeriod());
    to.put("period.read", device.readPeriod());
    to.put("determinism", device.determinism());
    to.put("buffers", device.preferredBuffers());
    to.put("energy.source-power", device.energy().sourcePower());
    to.put("energy.write", device.energy().writeEnergy());
    to.put("energy.sample", device.energy().sampleEnergy());
    to.put("api-level", device.apiLevel());
  }

  private static void write(Calibration device, HeaderFields to) {
    to.put("calibration.id", device.id());
    to.put("calibration.sensitivity", device.sensitivity());
    to.put("calibration.reference-amplitude", device.referenceAmplitude());
    to.put("calibration.visibility", device.visibility());
    to.put("calibration.black-level", device.blackLevel());
    to.put("calibration.full-scale", device.fullScale());
    to.put("calibration.conversion-gain", device.noise().conversionGain());
    to.put("calibration.read-noise", device.noise().readNoise());
    to.put("calibration.slm-fill-factor", device.shading().slmFillFactor());
    to.put("calibration.sensor-fill-factor", device.shading().sensorFillFactor());
    to.put("calibration.beam-waist", device.shading().beamWaist());
  }

  /**
   * What was written.
   *
   * @throws IllegalArgumentException or {@link org.ofp.device.DeviceException} for anything else
   */
  static DeviceDescription read(HeaderFields from) {
    List<PhysicalParameter> parameters = new ArrayList<>();
    for (int n = 0; n < MAX_PARAMETERS && from.has(PARAMETER + n + ".name"); n++) {
      String at = PARAMETER + n;
      parameters.add(
          new PhysicalParameter(
              from.text(at + ".name"), from.text(at + ".value"), from.text(at + ".unit")));
    }
    return new DeviceDescription(
        from.text("device.id"),
        from.text("device.name"),
        from.text("device.driver"),
        capabilities(from),
        calibration(from),
        parameters);
  }

  private static Capabilities capabilities(HeaderFields from) {
    return new Capabilities(
        new FrameShape(from.integer("frame.rows"), from.integer("frame.cols")),
        from.yes("frame.windows"),
        from.name(Modulation.class, "modulation"),
        from.name(ComplexEncoding.class, "complex-encoding"),
        from.integer("amplitude-bits"),
        from.integer("phase-bits"),
        from.name(ReadoutMode.class, "readout"),
        from.integer("adc-bits"),
        from.number("exposure.min"),
        from.number("exposure.max"),
        from.number("exposure.default"),
        from.number("period.frame"),
        from.number("period.read"),
        from.name(Determinism.class, "determinism"),
        from.name(BufferKind.class, "buffers"),
        new EnergyUse(
            from.number("energy.source-power"),
            from.number("energy.write"),
            from.number("energy.sample")),
        from.integer("api-level"));
  }

  private static Calibration calibration(HeaderFields from) {
    return new Calibration(
        from.text("calibration.id"),
        from.number("calibration.sensitivity"),
        from.number("calibration.reference-amplitude"),
        from.number("calibration.visibility"),
        from.number("calibration.black-level"),
        from.number("calibration.full-scale"),
        new DetectorNoise(
            from.number("calibration.conversion-gain"), from.number("calibration.read-noise")),
        new Shading(
            from.number("calibration.slm-fill-factor"),
            from.number("calibration.sensor-fill-factor"),
            from.number("calibration.beam-waist")));
  }
}
