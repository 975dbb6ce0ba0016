// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceDescription;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.PhysicalParameter;
import org.ofp.device.ReadoutMode;

/** Chapter C: what a device says about itself. */
public abstract class CapabilityRules extends RuleChapter {
  @Rule("C1")
  void c1TheApiLevelIsThisContracts() {
    int level = bench.capabilities().apiLevel();
    Expect.that(
        level == OpticalFourierDevice.API_LEVEL,
        "API level " + level + " instead of " + OpticalFourierDevice.API_LEVEL);
  }

  @Rule("C2")
  void c2TheExposureRangeIsARange() {
    Capabilities capabilities = bench.capabilities();
    Expect.that(
        0 < capabilities.minExposure()
            && capabilities.minExposure() <= capabilities.defaultExposure()
            && capabilities.defaultExposure() <= capabilities.maxExposure()
            && capabilities.maxExposure() < Double.POSITIVE_INFINITY,
        "exposures "
            + capabilities.minExposure()
            + " (shortest), "
            + capabilities.defaultExposure()
            + " (default), "
            + capabilities.maxExposure()
            + " s (longest) are not in order");
  }

  @Rule("C3")
  void c3BitsPeriodsAndEnergiesAreNotNegative() {
    Capabilities capabilities = bench.capabilities();
    requireBits("amplitude", capabilities.amplitudeBits());
    requireBits("phase", capabilities.phaseBits());
    requireBits("converter", capabilities.adcBits());
    requirePeriod("frame", capabilities.framePeriod());
    requirePeriod("read", capabilities.readPeriod());
    double joules = capabilities.frameJoules(bench.shape(), 1, capabilities.defaultExposure());
    Expect.that(
        joules >= 0 && joules < Double.POSITIVE_INFINITY,
        "an energy of " + joules + " J for a frame is not possible");
  }

  private static void requireBits(String what, int bits) {
    Expect.that(bits >= 0 && bits <= 32, what + " bits of " + bits + " are not possible");
  }

  private static void requirePeriod(String what, double seconds) {
    Expect.that(
        seconds >= 0 && seconds < Double.POSITIVE_INFINITY,
        "a " + what + " period of " + seconds + " s is not possible");
  }

  @Rule("C4")
  void c4TheCalibrationSuitsTheReadout() {
    Calibration calibration = bench.calibration();
    double reference = calibration.referenceAmplitude();
    Expect.that(
        !bench.hasMode(ReadoutMode.FOUR_STEP) || reference > 0,
        "a four-step readout needs a reference beam, the calibration says R = 0");
    Expect.that(
        !bench.hasMode(ReadoutMode.INTENSITY) || reference == 0,
        "an intensity readout has no reference beam, the calibration says R = " + reference);
    Expect.that(
        Double.isFinite(calibration.sensitivity()) && Double.isFinite(calibration.blackLevel()),
        "sensitivity and black level must be finite: " + calibration);
  }

  @Rule("C5")
  void c5TheFullScaleIsWithinTheConverter() {
    int bits = bench.capabilities().adcBits();
    Applicability.requires(bits > 0, "the readout is not quantised");
    boolean signed = bench.hasMode(ReadoutMode.COHERENT);
    double most = Math.pow(2, bits - (signed ? 1 : 0)) - (signed ? 0 : 1);
    double fullScale = bench.calibration().fullScale();
    Expect.that(
        fullScale <= most,
        "a full scale of " + fullScale + " counts is beyond a converter of " + bits + " bits");
  }

  @Rule("C6")
  void c6TheDeviceHasANameAndParametersHaveOneEach() {
    DeviceDescription description = bench.description();
    requireText("id", description.id());
    requireText("name", description.name());
    requireText("driver", description.driver());
    Set<String> names = new HashSet<>();
    for (PhysicalParameter parameter : description.parameters()) {
      requireText("parameter name", parameter.name());
      Expect.that(names.add(parameter.name()), "two parameters are named " + parameter.name());
    }
  }

  private static void requireText(String what, String text) {
    Expect.that(!text.isBlank(), "the " + what + " is empty");
  }

  @Rule("C7")
  void c7TheSameUnitIsDescribedAlikeWhenOpenedAgain() {
    DeviceDescription before = bench.description();
    device.close();
    try (OpticalFourierDevice again = openDevice()) {
      DeviceDescription after = again.description();
      Expect.that(
          after.id().equals(before.id()), "id '" + after.id() + "', before '" + before.id() + "'");
      Expect.that(
          after.capabilities().equals(before.capabilities()),
          "capabilities changed: " + after.capabilities() + ", before " + before.capabilities());
    }
  }

  @Rule("C8")
  void c8ADeclaredFieldErrorIsASmallNumber() {
    double error = FieldError.of(bench.description());
    Expect.that(
        error >= 0 && error < 0.5,
        "a field error of " + error + " is not possible; it goes from 0 to below 0.5");
  }

  @Rule("C10")
  void c10ADeclaredWatchdogEndsNoVerbThatWorks() {
    OptionalDouble watchdog = DeclaredNumber.of(bench.description(), "watchdog");
    Applicability.requires(watchdog.isPresent(), "the device declares no watchdog");
    Capabilities c = bench.capabilities();
    double longest = Math.max(c.framePeriod(), c.readPeriod() + c.maxExposure());
    double seconds = watchdog.getAsDouble();
    Expect.that(
        seconds > longest && seconds < Double.POSITIVE_INFINITY,
        "a watchdog of "
            + seconds
            + " s is not possible; the longest verb takes "
            + longest
            + " s, and the watchdog must be longer and finite");
  }
}
