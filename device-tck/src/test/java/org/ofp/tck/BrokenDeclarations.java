// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.tck.BrokenDevices.COHERENT;
import static org.ofp.tck.BrokenDevices.INTENSITY;
import static org.ofp.tck.BrokenDevices.broken;

import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceDescription;
import org.ofp.device.PhysicalParameter;
import org.ofp.tck.ReferenceDevice.Kind;

/** Defects of devices that say something wrong about themselves. */
final class BrokenDeclarations {
  private BrokenDeclarations() {}

  static List<BrokenDevice> all() {
    return List.of(
        broken("C1", "another API level", "", stating(COHERENT, BrokenDeclarations::nextLevel)),
        broken(
            "C2", "no longest exposure", "R1 S14", stating(COHERENT, BrokenDeclarations::endless)),
        broken(
            "C4",
            "a reference beam that does not exist",
            "",
            stating(INTENSITY, d -> with(d, full(d, 1, ReferenceDevice.FULL_SCALE)))),
        broken(
            "C5",
            "a full scale beyond the converter",
            "R3 R9 R10 R18 S6 T5 T6 T13 T14 T15",
            stating(INTENSITY, d -> with(d, full(d, 0, 1e4)))),
        broken("C6", "no id", "", stating(COHERENT, d -> named(d, " "))),
        broken("C7", "another id every time", "", () -> renamed(UUID.randomUUID().toString())),
        broken(
            "C8",
            "a field error of 70 %",
            "",
            stating(COHERENT, d -> declaring(d, "field-error", "0.7"))),
        broken(
            "C10",
            "a watchdog shorter than the longest exposure",
            "",
            stating(COHERENT, d -> declaring(d, "watchdog", "1e-4"))),
        broken(
            "C10",
            "a watchdog that is no number",
            "",
            stating(COHERENT, d -> declaring(d, "watchdog", "a while"))));
  }

  private static DeviceDescription declaring(DeviceDescription d, String name, String value) {
    return new DeviceDescription(
        d.id(),
        d.name(),
        d.driver(),
        d.capabilities(),
        d.calibration(),
        List.of(new PhysicalParameter(name, value, "")));
  }

  /** A device that says something else than the truth about itself. */
  private static DeviceSource stating(Kind kind, UnaryOperator<DeviceDescription> lie) {
    DeviceDescription statement = lie.apply(ReferenceDevice.describe(kind));
    return () ->
        new ReferenceDevice(kind) {
          @Override
          DeviceDescription stated(DeviceDescription truth) {
            return statement;
          }
        };
  }

  private static ReferenceDevice renamed(String id) {
    return (ReferenceDevice) stating(COHERENT, d -> named(d, id)).open();
  }

  private static DeviceDescription named(DeviceDescription d, String id) {
    return new DeviceDescription(
        id, d.name(), d.driver(), d.capabilities(), d.calibration(), d.parameters());
  }

  private static DeviceDescription with(DeviceDescription d, Calibration calibration) {
    return new DeviceDescription(
        d.id(), d.name(), d.driver(), d.capabilities(), calibration, d.parameters());
  }

  private static Calibration full(DeviceDescription d, double reference, double fullScale) {
    Calibration c = d.calibration();
    return new Calibration(
        c.id(), c.sensitivity(), reference, c.visibility(), c.blackLevel(), fullScale);
  }

  private static DeviceDescription nextLevel(DeviceDescription d) {
    return with(d, d.capabilities().maxExposure(), d.capabilities().apiLevel() + 1);
  }

  private static DeviceDescription endless(DeviceDescription d) {
    return with(d, Double.POSITIVE_INFINITY, d.capabilities().apiLevel());
  }

  private static DeviceDescription with(DeviceDescription d, double longest, int apiLevel) {
    Capabilities c = d.capabilities();
    return new DeviceDescription(
        d.id(),
        d.name(),
        d.driver(),
        new Capabilities(
            c.maxFrame(),
            c.windows(),
            c.modulation(),
            c.amplitudeBits(),
            c.phaseBits(),
            c.readout(),
            c.adcBits(),
            c.minExposure(),
            longest,
            c.defaultExposure(),
            c.framePeriod(),
            c.readPeriod(),
            c.determinism(),
            c.preferredBuffers(),
            apiLevel),
        d.calibration(),
        d.parameters());
  }
}
