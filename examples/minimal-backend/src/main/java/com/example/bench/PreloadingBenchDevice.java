// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

import java.time.Duration;
import org.ofp.device.DeviceDescription;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.SequenceReads;

/**
 * The made-up bench with its pattern memory in use: a sequence's frames are uploaded several at a
 * time and then shown one after the other without waiting for the cable.
 */
final class PreloadingBenchDevice extends BenchDevice {
  private final int patterns;

  /**
   * @param patterns frames to upload at a time, up to {@link Instrument#SLOTS}
   */
  PreloadingBenchDevice(
      Instrument instrument, DeviceDescription description, Duration watchdog, int patterns) {
    super(instrument, description, watchdog);
    this.patterns = patterns;
  }

  @Override
  public synchronized Job submit(FrameSequence sequence, JobOptions options) {
    SequenceReads reads = new SequenceReads(sequence, options, description());
    for (int first = 0; first < sequence.size(); first += patterns) {
      int end = Math.min(first + patterns, sequence.size());
      for (int i = first; i < end; i++) {
        reads.requireTime();
        preload(i - first, sequence, i);
      }
      for (int i = first; i < end; i++) {
        reads.requireTime();
        show(i - first, sequence.shape(), sequence.id(i), sequence.repeat(i));
        transform();
        reads.read(i, this::read);
      }
    }
    return reads.finished();
  }

  private void preload(int slot, FrameSequence sequence, int i) {
    FrameChecks.requireAmplitudes(
        sequence.amplitudes(),
        sequence.amplitudeOffset(i),
        sequence.shape(),
        sequence.id(i),
        description().capabilities().modulation());
    upload(slot, sequence.shape(), sequence.amplitudes(), sequence.amplitudeOffset(i));
  }
}
