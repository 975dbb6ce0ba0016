// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stands for the maker's library of a made-up bench: a modulator with a pattern memory, a lamp, a
 * lens and a sensor, in memory. A driver of real hardware has the maker's library here.
 *
 * <p>One thread at a time may work with it; {@link #park} and {@link #disconnect} may be called by
 * any thread at any time, during an exposure too.
 */
final class Instrument {
  /** Most rows and columns of a pattern. */
  static final int MAX_SIDE = 32;

  /** Patterns that the memory holds. */
  static final int SLOTS = 16;

  static final double UPLOAD_SECONDS = 1e-3;
  static final double SETTLE_SECONDS = 50e-6;
  static final double READ_SECONDS = 20e-6;
  static final double MIN_EXPOSURE = 1e-6;
  static final double MAX_EXPOSURE = 0.1;

  /** Counts per second for a field of 1. */
  static final double SENSITIVITY = 1e6;

  /** Amplitude of the reference beam, and how well it interferes. */
  static final double REFERENCE = 4;

  static final double VISIBILITY = 0.95;

  /** Counts of the camera in the dark; the I/Q receiver is balanced and has none. */
  static final int BLACK_LEVEL = 16;

  private final boolean coherent;
  private final int fullScale;
  private final boolean realTime;
  private final Pattern[] memory = new Pattern[SLOTS];

  private Pattern shown;
  private double[] field;
  private boolean lamp;
  private boolean connected = true;
  private String nextFault;
  private long clockNanos;

  private static final class Pattern {
    final int rows;
    final int cols;
    final float[] amplitudes;

    Pattern(int rows, int cols, float[] amplitudes) {
      this.rows = rows;
      this.cols = cols;
      this.amplitudes = amplitudes;
    }
  }

  /**
   * Connects.
   *
   * @param coherent whether the field falls on the I/Q receiver; otherwise on the camera
   * @param adcBits bits of the converter
   * @param realTime whether to take the time that the bench takes; otherwise only its clock runs
   */
  Instrument(boolean coherent, int adcBits, boolean realTime) {
    this.coherent = coherent;
    this.realTime = realTime;
    fullScale = fullScale(coherent, adcBits);
  }

  /** Why no bench answers, found without disturbing it; empty if one does. */
  static Optional<String> whyAbsent() {
    return "out".equals(System.getProperty("com.example.bench.cable"))
        ? Optional.of("no bench answers on port bench1; plug its cable in")
        : Optional.empty();
  }

  /** Largest count. */
  static int fullScale(boolean coherent, int adcBits) {
    return (1 << (coherent ? adcBits - 1 : adcBits)) - 1;
  }

  /** Writes a pattern of interleaved re, im into the memory; what is shown stays. */
  synchronized void upload(int slot, int rows, int cols, float[] amplitudes)
      throws InstrumentFault, InterruptedException {
    pass(UPLOAD_SECONDS);
    memory[slot] = new Pattern(rows, cols, amplitudes);
  }

  /** Shows a pattern of the memory; returns when the pixels have settled. */
  synchronized void show(int slot) throws InstrumentFault, InterruptedException {
    pass(SETTLE_SECONDS);
    shown = memory[slot];
    field = null;
  }

  /** Turns the lamp on. */
  synchronized void light() throws InstrumentFault, InterruptedException {
    pass(0);
    lamp = true;
  }

  /**
   * Exposes once and digitises.
   *
   * @param seconds exposure
   * @param gain of the amplifier before the converter
   * @param reference whether the reference beam is let through
   * @param phase of the reference beam, radians
   * @param counts receives one plane of the camera, or both of the receiver
   * @return values that were clipped
   */
  synchronized int expose(
      double seconds, double gain, boolean reference, double phase, float[] counts)
      throws InstrumentFault, InterruptedException {
    pass(READ_SECONDS + seconds);
    if (shown == null || !lamp) {
      throw new InstrumentFault("exposed in the dark");
    }
    if (field == null) {
      field = Diffraction.field(shown.rows, shown.cols, shown.amplitudes);
    }
    double scale = SENSITIVITY * seconds * gain;
    int pixels = shown.rows * shown.cols;
    int clipped = 0;
    for (int i = 0; i < pixels; i++) {
      double re = field[2 * i];
      double im = field[2 * i + 1];
      if (coherent) {
        clipped += digitise(scale * re, counts, i) + digitise(scale * im, counts, pixels + i);
      } else {
        double power = re * re + im * im;
        if (reference) {
          power +=
              REFERENCE * REFERENCE
                  + 2 * VISIBILITY * REFERENCE * (re * Math.cos(phase) + im * Math.sin(phase));
        }
        clipped += digitise(scale * power + BLACK_LEVEL, counts, i);
      }
    }
    return clipped;
  }

  private int digitise(double signal, float[] counts, int i) {
    double count = Math.rint(signal);
    counts[i] = (float) Math.max(-fullScale, Math.min(fullScale, count));
    return Math.abs(count) > fullScale ? 1 : 0;
  }

  /** Blanks the modulator and turns the lamp off. Never fails. */
  synchronized void park() {
    shown = null;
    field = null;
    lamp = false;
  }

  /** Parks for good: everything else fails from now on, and a running exposure ends. */
  synchronized void disconnect() {
    park();
    connected = false;
    notifyAll();
  }

  /** Nanoseconds on the bench's clock. */
  synchronized long clockNanos() {
    return clockNanos;
  }

  /** Whether light falls on a pattern. */
  synchronized boolean isLit() {
    return lamp || shown != null;
  }

  /** For tests: what is asked next fails. */
  synchronized void failNext(String why) {
    nextFault = why;
  }

  /** Lets the bench's time pass. Waiting gives the monitor away, so that others can park. */
  private void pass(double seconds) throws InstrumentFault, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the bench began");
    }
    long nanos = Math.round(seconds * 1e9);
    long end = System.nanoTime() + (realTime ? nanos : 0);
    for (long left = nanos; connected && realTime && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    clockNanos += nanos;
    String fault = connected ? nextFault : "the bench is disconnected";
    nextFault = null;
    if (fault != null) {
      throw new InstrumentFault(fault);
    }
  }
}
