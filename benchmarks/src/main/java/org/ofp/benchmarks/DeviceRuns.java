// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.util.Map;
import org.ofp.cli.bench.StageProfile;
import org.ofp.cli.bench.ThreadUse;
import org.ofp.cli.bench.TransformRun;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;

/** Repeated transforms of the same fields on one device. */
final class DeviceRuns implements AutoCloseable {
  /** Runs for what is not timed. */
  private static final int PROFILED = 5;

  private final String name;
  private final OpticalFourierDevice device;
  private final FrameShape shape;
  private final float[] fields;
  private final TransformRun run;
  private final TimedRuns times;

  DeviceRuns(String name, OpticalFourierDevice device, FrameShape shape, float[] fields) {
    this.name = name;
    this.device = device;
    this.shape = shape;
    this.fields = fields;
    run = new TransformRun(device, shape, fields);
    times = new TimedRuns(run);
  }

  String name() {
    return name;
  }

  /** How long they take. */
  TimedRuns times() {
    return times;
  }

  double bytesPerTransform() {
    ThreadUse bytes = ThreadUse.allocatedBytes();
    for (int i = 0; i < PROFILED; i++) {
      run.run();
    }
    return (double) bytes.take() / (PROFILED * run.size());
  }

  /** Processor seconds per transform and stage. */
  Map<String, Double> stages() {
    StageProfile profile = new StageProfile(device, shape, fields);
    for (int i = 0; i < PROFILED; i++) {
      profile.run();
    }
    return profile.stages();
  }

  @Override
  public void close() {
    device.close();
  }
}
