// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ofp.device.Capabilities;
import org.ofp.device.EnergyUse;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.StageTimes;
import org.ofp.device.Telemetry;

/**
 * What transforms take, besides the caller's time: processor time by stage, frames, reads, time and
 * energy of the device.
 *
 * <p>Stages are those that the device tells of, the rest of its work, and the transformer's work
 * before, between and after its jobs. Looking at all threads takes tens of microseconds, so
 * profiled runs are not for timing.
 */
public final class StageProfile {
  private static final String ENCODE = "encode";
  private static final String COMPOSE = "compose";
  private static final String RECONSTRUCT = "reconstruct";

  /** All work of a device that knows no stages. */
  private static final String DEVICE = "device";

  /** What the stages that a device knows leave of its work. */
  private static final String OTHER = "other";

  private final OpticalFourierDevice device;
  private final TransformRun run;
  private final ThreadUse processor = ThreadUse.processorNanos();
  private final Map<String, Double> spent = new LinkedHashMap<>();
  private final Map<String, Double> stagesBefore;
  private final Telemetry before;
  private Map<String, Double> stagesAfter;
  private Telemetry after;
  private String beforeJob = ENCODE;
  private double transforms;
  private double framePixels;

  /**
   * Starts a profile; until its last run the device is to do nothing else.
   *
   * @param input the fields, {@code [n, rows, cols, 2]}
   */
  public StageProfile(OpticalFourierDevice device, FrameShape shape, float[] input) {
    this.device = device;
    run = new TransformRun(new HookedDevice(device, this::submit), shape, input);
    stagesBefore = deviceStages();
    before = device.telemetry();
  }

  /** Transforms all fields; to be called once at least. */
  public void run() {
    run.fill();
    beforeJob = ENCODE;
    processor.take();
    run.transform();
    lap(RECONSTRUCT);
    transforms += run.size();
    stagesAfter = deviceStages();
    after = device.telemetry();
  }

  /** A job on the device; done when this returns, so that what follows is not its time. */
  private Job submit(FrameSequence sequence, JobOptions options) {
    lap(beforeJob);
    beforeJob = COMPOSE;
    framePixels += (double) sequence.size() * sequence.shape().pixels();
    device.submit(sequence, options).await();
    lap(DEVICE);
    return Job.completed();
  }

  private void lap(String stage) {
    spent.merge(stage, processor.take() * 1e-9, Double::sum);
  }

  /**
   * Processor seconds per transform and stage, summed over threads, in the data's order. A device
   * may measure its stages by another clock; what they leave of its processor time is not below 0.
   */
  public Map<String, Double> stages() {
    Map<String, Double> stages = new LinkedHashMap<>();
    stages.put(ENCODE, spent.get(ENCODE));
    double rest = spent.get(DEVICE);
    for (Map.Entry<String, Double> stage : stagesAfter.entrySet()) {
      double seconds = stage.getValue() - stagesBefore.getOrDefault(stage.getKey(), 0.0);
      stages.merge(stage.getKey(), seconds, Double::sum);
      rest -= seconds;
    }
    if (spent.containsKey(COMPOSE)) {
      stages.put(COMPOSE, spent.get(COMPOSE));
    }
    stages.put(RECONSTRUCT, spent.get(RECONSTRUCT));
    stages.put(stagesAfter.isEmpty() ? DEVICE : OTHER, Math.max(0, rest));
    stages.replaceAll((stage, seconds) -> seconds / transforms);
    return stages;
  }

  private Map<String, Double> deviceStages() {
    return device.extension(StageTimes.class).map(StageTimes::stageSeconds).orElse(Map.of());
  }

  /** SLM frames per transform. */
  public double frames() {
    return framesSoFar() / transforms;
  }

  /** Detector reads per transform, metering included. */
  public double reads() {
    return readsSoFar() / transforms;
  }

  /** Seconds per transform that the device itself was busy; what a simulated bench would be. */
  public double deviceSeconds() {
    return busySoFar() / transforms;
  }

  /**
   * Joules per transform that follow from what the device declares of its energy; NaN if it
   * declares nothing.
   */
  public double joules() {
    Capabilities capabilities = device.description().capabilities();
    EnergyUse energy = capabilities.energy();
    if (energy.equals(EnergyUse.unknown())) {
      return Double.NaN;
    }
    // The exposures of metering reads are known by what the other times leave of the device's.
    double exposed =
        busySoFar()
            - framesSoFar() * capabilities.framePeriod()
            - readsSoFar() * capabilities.readPeriod();
    double samples = framePixels / framesSoFar() * readsSoFar() * capabilities.readout().planes();
    return (energy.sourcePower() * Math.max(0, exposed)
            + energy.writeEnergy() * framePixels
            + energy.sampleEnergy() * samples)
        / transforms;
  }

  private double framesSoFar() {
    return after.framesLoaded() - before.framesLoaded();
  }

  private double readsSoFar() {
    return after.reads() - before.reads();
  }

  private double busySoFar() {
    return after.deviceTime().minus(before.deviceTime()).toNanos() * 1e-9;
  }
}
