// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a network takes for one image, layer by layer in the order in which they run: plain data,
 * made by {@link NetworkPlanner}.
 *
 * @param layers the layers' plans; a layer that runs several times is there several times
 */
public record NetworkPlan(List<LayerPlan> layers) {
  public NetworkPlan {
    layers = List.copyOf(layers);
  }

  /**
   * Sums over all layers, in the terms of {@link LayerPlan}.
   *
   * @param layers layers
   * @param opticalLayers those that run on the device
   * @param spectraBytes kernel spectra that are kept
   * @param freshSpectraBytes kernel spectra that are computed in every pass for want of memory
   */
  public record Totals(
      int layers,
      int opticalLayers,
      long frames,
      long macsElectronic,
      long macsHybrid,
      double deviceSeconds,
      double deviceJoules,
      long spectraBytes,
      long freshSpectraBytes) {}

  /** Sums over all layers. */
  public Totals totals() {
    return new Totals(
        layers.size(),
        (int) layers.stream().filter(layer -> layer.route() == Route.OPTICAL).count(),
        layers.stream().mapToLong(LayerPlan::frames).sum(),
        layers.stream().mapToLong(LayerPlan::macsElectronic).sum(),
        layers.stream().mapToLong(LayerPlan::macsHybrid).sum(),
        layers.stream().mapToDouble(LayerPlan::deviceSeconds).sum(),
        layers.stream().mapToDouble(LayerPlan::deviceJoules).sum(),
        spectraBytes(true),
        spectraBytes(false));
  }

  private long spectraBytes(boolean kept) {
    return layers.stream()
        .filter(layer -> layer.spectraKept() == kept)
        .flatMap(layer -> layer.convolution().stream())
        .mapToLong(ConvolutionPlan::spectraBytes)
        .sum();
  }

  /**
   * The plan in words, a line for each layer: route and why, frames, arithmetic in
   * multiply-accumulates, what it takes of the device, and the accuracy to expect.
   */
  public List<String> explain() {
    return layers.stream().map(NetworkPlan::explain).toList();
  }

  private static String explain(LayerPlan plan) {
    String head = plan.name() + ": " + text(plan.route()) + ", " + plan.layer().reason();
    if (plan.route() != Route.OPTICAL) {
      return head + String.format(Locale.ROOT, "; %.3g MACs", (double) plan.macsElectronic());
    }
    return head
        + String.format(
            Locale.ROOT,
            "; %d frames, %.3g MACs beside light instead of %.3g, %.3g s and %.3g J of the device",
            plan.frames(),
            (double) plan.macsHybrid(),
            (double) plan.macsElectronic(),
            plan.deviceSeconds(),
            plan.deviceJoules())
        + (Double.isNaN(plan.predictedSnrDb())
            ? ""
            : String.format(Locale.ROOT, ", %.1f dB expected", plan.predictedSnrDb()));
  }

  /**
   * What a run did otherwise than planned.
   *
   * @param facts the layers of one forward pass in the order in which they ran
   * @param images images in the pass
   * @return a sentence for each difference; empty if there is none
   */
  public List<String> compare(List<LayerFact> facts, int images) {
    Map<String, Deque<LayerFact>> ran = new LinkedHashMap<>();
    facts.forEach(fact -> ran.computeIfAbsent(fact.name(), n -> new ArrayDeque<>()).add(fact));
    List<String> differences = new ArrayList<>();
    for (LayerPlan plan : layers) {
      Deque<LayerFact> own = ran.getOrDefault(plan.name(), new ArrayDeque<>());
      if (own.isEmpty()) {
        differences.add(plan.name() + " was planned and did not run");
      } else {
        compare(plan, own.remove(), images, differences);
      }
    }
    ran.values()
        .forEach(
            rest -> rest.forEach(fact -> differences.add(fact.name() + " ran without a plan")));
    return differences;
  }

  private static void compare(
      LayerPlan plan, LayerFact fact, int images, List<String> differences) {
    if (plan.route() != fact.route()) {
      differences.add(
          plan.name() + " was planned " + text(plan.route()) + " and ran " + text(fact.route()));
    } else if (plan.frames() * images != fact.frames()) {
      differences.add(
          plan.name()
              + " was planned with "
              + plan.frames() * images
              + " frames and took "
              + fact.frames());
    }
  }

  private static String text(Route route) {
    return route.name().toLowerCase(Locale.ROOT);
  }
}
