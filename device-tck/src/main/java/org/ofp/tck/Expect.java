// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.junit.jupiter.api.function.Executable;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;

/** What a device must do, with findings that say it in one line. */
final class Expect {
  private Expect() {}

  /** The call must fail with this code. */
  static DeviceException error(ErrorCode code, String what, Executable call) {
    try {
      call.execute();
    } catch (DeviceException e) {
      that(e.code() == code, what + " must end in " + code + ", not in " + e.code());
      return e;
    } catch (Throwable e) {
      throw new AssertionError(
          what + " must end in DeviceException " + code + ", not in " + e.getClass().getName(), e);
    }
    throw new AssertionError(what + " must end in " + code + ", but nothing was thrown");
  }

  /** Submitting or waiting for the job must fail with this code. */
  static DeviceException jobError(
      ErrorCode code, String what, OpticalFourierDevice device, FrameSequence sequence) {
    return error(code, what, () -> device.submit(sequence, JobOptions.defaults()).await());
  }

  static void that(boolean condition, String finding) {
    if (!condition) {
      throw new AssertionError(finding);
    }
  }

  /** Two spectra must agree within what both may be off. */
  static void agree(String what, Spectrum actual, Spectrum expected) {
    within(what, actual.distance(expected), actual.tolerance() + expected.tolerance(), expected);
  }

  /** As {@link #agree}, but for a phase factor common to all pixels. */
  static void agreeUpToPhase(String what, Spectrum actual, Spectrum expected) {
    double distance = actual.distanceUpToPhase(expected);
    within(what, distance, actual.tolerance() + expected.tolerance(), expected);
  }

  private static void within(String what, double distance, double tolerance, Spectrum expected) {
    double norm = expected.norm();
    Applicability.requires(
        tolerance <= MAX_TOLERANCE * norm,
        String.format(
            "bits and noise leave an uncertainty of %.0f %%, too much to tell",
            100 * tolerance / norm));
    that(
        distance <= tolerance,
        String.format(
            "%s: relative error %.3g, bits and noise explain %.3g",
            what, distance / norm, tolerance / norm));
  }

  /** A rule is not tested where bits and noise would also let a wrong result pass. */
  private static final double MAX_TOLERANCE = 0.5;
}
