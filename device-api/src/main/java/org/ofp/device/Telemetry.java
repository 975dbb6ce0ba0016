// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a device is, and what it has done since it was opened.
 *
 * @param framesLoaded frames displayed
 * @param reads detector reads, metering included
 * @param saturatedPixels pixels that clipped, over all reads
 * @param deviceTime time the device itself was busy; a simulator reports the time that the bench it
 *     stands for would have needed
 * @param temperatures as measured now; empty if none is
 * @param sourcePower optical power on the modulator's active area now, in watts; empty if it is not
 *     measured
 * @param errors jobs and verbs that failed by the device's fault, not the caller's
 * @param retries jobs that were tried again
 * @param since when it was opened; empty if the driver does not say
 */
@Stable(since = "0.1")
public record Telemetry(
    long framesLoaded,
    long reads,
    long saturatedPixels,
    Duration deviceTime,
    List<Temperature> temperatures,
    OptionalDouble sourcePower,
    long errors,
    long retries,
    Optional<Instant> since) {
  public Telemetry {
    temperatures = List.copyOf(temperatures);
  }

  /** Of a device that measures nothing besides and has not failed. */
  public Telemetry(long framesLoaded, long reads, long saturatedPixels, Duration deviceTime) {
    this(
        framesLoaded,
        reads,
        saturatedPixels,
        deviceTime,
        List.of(),
        OptionalDouble.empty(),
        0,
        0,
        Optional.empty());
  }

  /** These numbers with another count of clipped values; for decorators that add some. */
  public Telemetry saturated(long newSaturatedPixels) {
    return new Telemetry(
        framesLoaded,
        reads,
        newSaturatedPixels,
        deviceTime,
        temperatures,
        sourcePower,
        errors,
        retries,
        since);
  }

  /** These numbers with other counts of failures; for decorators that try again. */
  public Telemetry failures(long newErrors, long newRetries) {
    return new Telemetry(
        framesLoaded,
        reads,
        saturatedPixels,
        deviceTime,
        temperatures,
        sourcePower,
        newErrors,
        newRetries,
        since);
  }

  /**
   * A temperature.
   *
   * @param place where it is measured, such as {@code sensor}
   * @param kelvin absolute temperature
   */
  public record Temperature(String place, double kelvin) {}
}
