// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

/**
 * Chance without a state: a number from a hash of what it is for, so that faults depend neither on
 * the order of the frames nor on threads.
 *
 * @param seed other seeds, other faults
 */
record FaultDice(long seed) {
  /** Uniform in [0, 1), of a frame's fault. */
  double roll(Fault fault, long id, int repeat, int attempt) {
    return uniform(
        mix(mix(mix(mix(seed) ^ fault.name().hashCode()) ^ id) ^ ((long) repeat << 32 | attempt)));
  }

  /** The start of the numbers of a frame's pixels. */
  long frameKey(long id, int repeat) {
    return mix(mix(mix(seed) ^ Fault.SATURATE.name().hashCode()) ^ id) ^ repeat;
  }

  /** The start of the numbers of the sensor's pixels, whatever falls on it. */
  long sensorKey() {
    return mix(~seed);
  }

  /** Uniform in [0, 1), of one pixel. */
  static double pixel(long key, long pixel) {
    return uniform(mix(mix(key) ^ pixel));
  }

  private static double uniform(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) after one step of its counter.
   */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
