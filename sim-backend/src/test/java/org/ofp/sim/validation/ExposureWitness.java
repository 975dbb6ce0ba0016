// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.util.ArrayList;
import java.util.List;
import org.ofp.device.Devices;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;

/** Passes everything on, and notes what exposures jobs chose and how bright their counts were. */
final class ExposureWitness extends ForwardingDevice {
  /** Seconds, per frame of all jobs so far and per readout. */
  private final List<double[]> exposures = new ArrayList<>();

  private double brightest;

  ExposureWitness(String uri) {
    super(Devices.open(uri));
  }

  /** The exposures of the frames since this was last asked. */
  List<double[]> takeExposures() {
    List<double[]> taken = List.copyOf(exposures);
    exposures.clear();
    return taken;
  }

  /** The largest magnitude of all counts so far. */
  double brightest() {
    return brightest;
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    Job job = super.submit(sequence, options);
    job.await();
    int readouts = sequence.readouts().size();
    for (int i = 0; i < sequence.size(); i++) {
      double[] seconds = new double[readouts];
      for (int r = 0; r < readouts; r++) {
        seconds[r] = sequence.exposure(i, r);
      }
      exposures.add(seconds);
    }
    int values = sequence.size() * readouts * sequence.planes() * sequence.shape().pixels();
    for (int i = 0; i < values; i++) {
      brightest = Math.max(brightest, Math.abs(sequence.counts().get(i)));
    }
    return job;
  }
}
