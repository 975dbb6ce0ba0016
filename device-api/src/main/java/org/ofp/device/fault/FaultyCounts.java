// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import org.ofp.device.Calibration;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.FrameShape;
import org.ofp.device.ReadoutMode;

/** What a bad sensor does to the counts of a read. Immutable. */
final class FaultyCounts {
  private final FaultDice dice;
  private final double stuck;
  private final double drift;
  private final double black;
  private final float max;
  private final float min;
  private final boolean whole;

  FaultyCounts(FaultPlan plan, DeviceDescription description) {
    dice = plan.dice();
    stuck = plan.stuck();
    drift = plan.drift();
    Calibration calibration = description.calibration();
    boolean coherent = description.capabilities().readout() == ReadoutMode.COHERENT;
    black = calibration.blackLevel();
    max = (float) calibration.fullScale();
    min = coherent ? -max : 0;
    whole = description.capabilities().adcBits() > 0;
  }

  /**
   * Alters a read: first the gain, then values at full scale, then those that are stuck.
   *
   * @param number frames before this one since the device was opened
   * @param saturate share of values to be put at full scale
   * @return values that clip now and did not before
   */
  int spoil(DetectorFrame frame, long number, double saturate) {
    double gain = Math.max(0, 1 + drift * number);
    long light = dice.frameKey(frame.frameId(), frame.repeat());
    long sensor = dice.sensorKey();
    int pixels = frame.shape().pixels();
    int clipped = 0;
    for (int i = 0; i < frame.planes() * pixels; i++) {
      float before = frame.counts().get(frame.offset() + i);
      float after = drift == 0 ? before : digitise(black + gain * (before - black));
      // A gain of less than 1 cannot bring back what was clipped.
      boolean clips = isClipped(before) || isClipped(after);
      if (saturate > 0 && FaultDice.pixel(light, i) < saturate) {
        after = after < 0 ? min : max;
        clips = true;
      }
      long place = stuck > 0 ? place(frame.shape(), i / pixels, i % pixels) : 0;
      if (stuck > 0 && FaultDice.pixel(sensor, place) < stuck) {
        after = digitise(black + (max - black) * FaultDice.pixel(~sensor, place));
        clips = false;
      }
      frame.counts().put(frame.offset() + i, after);
      clipped += (clips ? 1 : 0) - (isClipped(before) ? 1 : 0);
    }
    return clipped;
  }

  /** Where on the sensor a value is read, by its distance from the axis. */
  private static long place(FrameShape shape, int plane, int pixel) {
    int row = pixel / shape.cols() - shape.axisRow();
    int col = pixel % shape.cols() - shape.axisCol();
    return (long) plane << 60 ^ (long) row << 30 ^ col;
  }

  private boolean isClipped(float count) {
    return count >= max || (min < 0 && count <= min);
  }

  private float digitise(double count) {
    double value = whole ? Math.rint(count) : count;
    return (float) Math.max(min, Math.min(max, value));
  }
}
