// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ofp.cli.network.Engine;
import org.ofp.cli.plan.PlanReport;
import org.ofp.device.Capabilities;
import org.ofp.device.TransformOptions;
import org.ofp.optconv.ConvolutionPlanner;
import org.ofp.optconv.NetworkLayer;
import org.ofp.optconv.NetworkPlan;
import org.ofp.optconv.NetworkPlanner;
import org.ofp.optconv.Objective;
import org.ofp.optconv.torch.LayerRun;

/**
 * The layers of a picture, and their sums.
 *
 * @param layers in the order in which they ran
 * @param frames shown
 * @param macsElectronic if electronics does it all
 * @param macsHybrid left to electronics
 * @param deviceSeconds expected time of the device
 * @param deviceJoules expected energy of the device; NaN if it declares none
 */
record LayerTable(
    List<LayerFacts> layers,
    long frames,
    long macsElectronic,
    long macsHybrid,
    double deviceSeconds,
    double deviceJoules) {

  /**
   * Plans the layers that ran, as {@code ofp plan} does.
   *
   * @param tally what ran
   * @param tiles how many times the network ran
   * @param engine where it ran
   * @param precision how fields were put on the device
   */
  static LayerTable of(LayerTally tally, int tiles, Engine engine, TransformOptions precision) {
    List<LayerTally.Sum> sums = tally.layers(tiles);
    NetworkPlanner planner =
        engine
            .device()
            .map(
                device ->
                    NetworkPlanner.of(
                        ConvolutionPlanner.forDevice(device, precision, Objective.HOST_TIME)))
            .orElseGet(NetworkPlanner::electronic);
    NetworkPlan plan = planner.plan(sums.stream().map(sum -> layer(sum.run(), engine)).toList());
    Optional<Capabilities> capabilities =
        engine.device().map(device -> device.description().capabilities());
    PlanReport.Totals totals = PlanReport.Totals.of(plan.totals(), capabilities);
    List<LayerFacts> layers = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      PlanReport.Layer layer = PlanReport.Layer.of(plan.layers().get(i), capabilities);
      layers.add(facts(i + 1, sums.get(i), layer, tiles));
    }
    return new LayerTable(
        layers,
        layers.stream().mapToLong(LayerFacts::frames).sum(),
        tiles * totals.macsElectronic(),
        tiles * totals.macsHybrid(),
        tiles * totals.deviceSeconds(),
        tiles * totals.deviceJoules());
  }

  private static NetworkLayer layer(LayerRun run, Engine engine) {
    return new NetworkLayer(run.name(), run.spec(), run.rows(), run.cols(), run.route(), "")
        .routed(engine.context().routing());
  }

  private static LayerFacts facts(
      int number, LayerTally.Sum sum, PlanReport.Layer plan, int tiles) {
    return new LayerFacts(
        number,
        plan.name(),
        plan.computes(),
        plan.rows(),
        plan.cols(),
        plan.route(),
        plan.reason(),
        sum.frames(),
        tiles * plan.macsElectronic(),
        tiles * plan.macsHybrid(),
        plan.predictedSnrDb(),
        sum.measuredDb(),
        sum.seconds(),
        tiles * plan.deviceSeconds(),
        tiles * plan.deviceJoules(),
        sum.saturated());
  }

  /** Layers that ran by light. */
  List<LayerFacts> optical() {
    return layers.stream().filter(LayerFacts::optical).toList();
  }

  /** Whether accuracies were measured. */
  boolean measured() {
    return layers.stream().anyMatch(LayerFacts::measured);
  }

  /** Whether the device declares energies. */
  boolean energies() {
    return Double.isFinite(deviceJoules) && frames > 0;
  }

  /** MACs of electronics alone over those that are left; empty without light. */
  Optional<Double> macReduction() {
    return frames > 0 ? Optional.of((double) macsElectronic / macsHybrid) : Optional.empty();
  }
}
