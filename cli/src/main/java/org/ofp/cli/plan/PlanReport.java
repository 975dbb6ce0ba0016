// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ofp.device.Capabilities;
import org.ofp.device.EnergyUse;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.LayerPlan;
import org.ofp.optconv.NetworkPlan;

/**
 * What {@code ofp plan} tells, for one image. MACs are real multiply-accumulate operations; joules
 * are NaN if the device declares no energies.
 *
 * @param model name of the network
 * @param rows rows of the image
 * @param cols columns of the image
 * @param device address, or {@code none}
 * @param objective what the plan saves
 * @param layers in the order in which they run
 * @param totals sums over the layers
 */
public record PlanReport(
    String model,
    int rows,
    int cols,
    String device,
    String objective,
    List<Layer> layers,
    Totals totals) {

  /**
   * A layer.
   *
   * @param name of its parameters
   * @param rows rows of its input map
   * @param cols columns of its input map
   * @param computes what it computes, for people
   * @param route where it runs
   * @param reason why there
   * @param frame rows and columns of its frames, empty without light
   * @param tiles frames that a map is cut into, 0 without light
   * @param frames frames shown
   * @param macsElectronic if electronics does it all
   * @param macsHybrid left to electronics on this route
   * @param deviceSeconds time of the device
   * @param deviceJoules energy of the device
   * @param predictedSnrDb NaN if not known, infinite without light
   * @param hostSeconds time of one core, estimated; NaN without light
   * @param spectraBytes kernel spectra
   * @param spectraKept whether there is memory to keep them from pass to pass
   */
  public record Layer(
      String name,
      int rows,
      int cols,
      String computes,
      String route,
      String reason,
      List<Integer> frame,
      int tiles,
      long frames,
      long macsElectronic,
      long macsHybrid,
      double deviceSeconds,
      double deviceJoules,
      double predictedSnrDb,
      double hostSeconds,
      long spectraBytes,
      boolean spectraKept) {

    /**
     * A layer's plan.
     *
     * @param capabilities of the device, empty if there is none
     */
    public static Layer of(LayerPlan plan, Optional<Capabilities> capabilities) {
      Optional<ConvolutionPlan> light = plan.convolution();
      return new Layer(
          plan.name(),
          plan.layer().rows(),
          plan.layer().cols(),
          LayerText.of(plan.layer().spec()),
          plan.route().name().toLowerCase(Locale.ROOT),
          plan.layer().reason(),
          light.map(p -> List.of(p.frame().rows(), p.frame().cols())).orElse(List.of()),
          light.map(ConvolutionPlan::tiles).orElse(0),
          plan.frames(),
          plan.macsElectronic(),
          plan.macsHybrid(),
          plan.deviceSeconds(),
          declared(plan.deviceJoules(), capabilities),
          plan.predictedSnrDb(),
          light.map(p -> p.hostNanoseconds() * 1e-9).orElse(Double.NaN),
          light.map(ConvolutionPlan::spectraBytes).orElse(0L),
          plan.spectraKept());
    }
  }

  /**
   * Sums.
   *
   * @param layers layers
   * @param opticalLayers those on the device
   * @param frames frames shown
   * @param macsElectronic if electronics does it all
   * @param macsHybrid left to electronics
   * @param macReduction the one over the other
   * @param deviceSeconds time of the device
   * @param deviceJoules energy of the device
   * @param spectraBytes kernel spectra that are kept
   * @param freshSpectraBytes kernel spectra that are computed in every pass
   */
  public record Totals(
      int layers,
      int opticalLayers,
      long frames,
      long macsElectronic,
      long macsHybrid,
      double macReduction,
      double deviceSeconds,
      double deviceJoules,
      long spectraBytes,
      long freshSpectraBytes) {

    /**
     * A plan's sums.
     *
     * @param capabilities of the device, empty if there is none
     */
    public static Totals of(NetworkPlan.Totals sums, Optional<Capabilities> capabilities) {
      return new Totals(
          sums.layers(),
          sums.opticalLayers(),
          sums.frames(),
          sums.macsElectronic(),
          sums.macsHybrid(),
          (double) sums.macsElectronic() / sums.macsHybrid(),
          sums.deviceSeconds(),
          declared(sums.deviceJoules(), capabilities),
          sums.spectraBytes(),
          sums.freshSpectraBytes());
    }
  }

  /**
   * The report of a plan.
   *
   * @param capabilities of the device, empty if there is none
   */
  public static PlanReport of(
      String model,
      ImageSize size,
      String device,
      String objective,
      NetworkPlan plan,
      Optional<Capabilities> capabilities) {
    return new PlanReport(
        model,
        size.rows(),
        size.cols(),
        device,
        objective,
        plan.layers().stream().map(layer -> Layer.of(layer, capabilities)).toList(),
        Totals.of(plan.totals(), capabilities));
  }

  private static double declared(double joules, Optional<Capabilities> capabilities) {
    return capabilities.filter(c -> !c.energy().equals(EnergyUse.unknown())).isPresent()
        ? joules
        : Double.NaN;
  }
}
