// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.ofp.cli.bench.FftRun;
import org.ofp.cli.bench.RandomFields;
import org.ofp.cli.bench.Samples;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.kernels.Kernels;

/** One FFT engine: raw, and below the simulated benches. */
final class EngineRuns implements AutoCloseable {
  /** The demonstrator without metering reads. */
  static final String FIXED = "demonstrator, four reads";

  private final String name;
  private final TimedRuns fft;
  private final DeviceRuns ideal;
  private final TimedRuns submit;
  private final List<DeviceRuns> demonstrators;
  private Samples idealShare = new Samples();
  private Samples submitShare = new Samples();

  EngineRuns(String name, FrameShape shape, int count) {
    this.name = name;
    float[] fields = RandomFields.of(2 * shape.pixels() * count);
    fft = new TimedRuns(new FftRun(Kernels.fft(name), shape, fields));
    int side = shape.rows();
    OpticalFourierDevice bench = Simulators.open("ideal", side, name);
    ideal = new DeviceRuns("ideal", bench, shape, fields);
    submit = new TimedRuns(new SubmitRun(bench, shape, fields));
    demonstrators =
        List.of(
            new DeviceRuns(
                FIXED,
                FixedExposure.on(Simulators.open("demonstrator", side, name)),
                shape,
                fields),
            new DeviceRuns(
                "demonstrator, metering too",
                Simulators.open("demonstrator", side, name),
                shape,
                fields));
  }

  String name() {
    return name;
  }

  /** Everything once. */
  void round() {
    double raw = fft.round();
    submitShare.add(raw / submit.round());
    idealShare.add(raw / ideal.times().round());
    demonstrators.forEach(runs -> runs.times().round());
  }

  /** Forgets what was measured so far. */
  void forget() {
    fft.forget();
    submit.forget();
    idealShare = new Samples();
    submitShare = new Samples();
    devices().forEach(runs -> runs.times().forget());
  }

  /** The raw engine. */
  TimedRuns fft() {
    return fft;
  }

  DeviceRuns ideal() {
    return ideal;
  }

  /** The ideal bench's throughput over the raw engine's, by round. */
  Samples idealShare() {
    return idealShare;
  }

  /** The ideal bench's jobs alone: frames in, counts out. */
  TimedRuns submit() {
    return submit;
  }

  /** Their throughput over the raw engine's, by round. */
  Samples submitShare() {
    return submitShare;
  }

  /** The simulated benches, the ideal one first. */
  List<DeviceRuns> devices() {
    List<DeviceRuns> all = new ArrayList<>(List.of(ideal));
    all.addAll(demonstrators);
    return all;
  }

  @Override
  public void close() {
    devices().forEach(DeviceRuns::close);
  }
}
