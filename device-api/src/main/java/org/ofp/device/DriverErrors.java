// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;

/** For drivers: the failures that mean the same on every device, in the same words. Stateless. */
@Experimental(since = "0.1")
public final class DriverErrors {
  private DriverErrors() {}

  /** Any call after {@link OpticalFourierDevice#close}. */
  public static DeviceException closed() {
    return new DeviceException(
        ErrorCode.CLOSED, "this device was closed; open it again with Devices.open");
  }

  /** A transform before any load. */
  public static DeviceException nothingLoaded() {
    return new DeviceException(ErrorCode.ILLEGAL_STATE, "no frame is loaded; call load first");
  }

  /** A read before the transform. */
  public static DeviceException noField() {
    return new DeviceException(
        ErrorCode.ILLEGAL_STATE, "no field is at the detector; call load and transform first");
  }

  /** The thread that submits was interrupted. */
  public static DeviceException interrupted() {
    return interrupted(null);
  }

  /** The same, where a wait ended so. */
  public static DeviceException interrupted(InterruptedException cause) {
    return new DeviceException(ErrorCode.CANCELLED, "the job was interrupted", cause);
  }

  /**
   * A job whose deadline has passed.
   *
   * @param frames of the job
   */
  public static DeviceException late(Duration deadline, int frames) {
    return new DeviceException(
        ErrorCode.DEADLINE_EXCEEDED,
        "the job's deadline of "
            + deadline.toMillis()
            + " ms passed before all "
            + frames
            + " frames were done; allow more time or submit fewer frames");
  }
}
