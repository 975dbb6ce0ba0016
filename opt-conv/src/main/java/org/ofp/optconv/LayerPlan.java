// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Optional;

/**
 * What a layer of a network takes for one image. MACs are real multiply-accumulate operations, see
 * {@link MacCount}.
 *
 * @param layer the layer, its maps, its route and why
 * @param convolution how its maps are cut into frames; empty unless its route is optical
 * @param spectraKept whether its kernel spectra are kept from pass to pass; if not, they do not fit
 *     the memory there is, or there are none
 * @param frames frames shown on the device
 * @param macsElectronic MACs if electronics does it all
 * @param macsHybrid MACs that are left to electronics on the layer's route: those between the
 *     transforms if it is optical, {@code macsElectronic} if not
 * @param deviceSeconds time of the device, expected
 * @param deviceJoules energy of the device; 0 where it declares none
 * @param predictedSnrDb accuracy of the output in decibels, infinite where no light is involved;
 *     NaN if not known
 */
public record LayerPlan(
    NetworkLayer layer,
    Optional<ConvolutionPlan> convolution,
    boolean spectraKept,
    long frames,
    long macsElectronic,
    long macsHybrid,
    double deviceSeconds,
    double deviceJoules,
    double predictedSnrDb) {

  /** A layer that runs without light. */
  static LayerPlan withoutLight(NetworkLayer layer) {
    long macs = MacCount.electronic(layer.spec(), layer.rows(), layer.cols());
    return new LayerPlan(
        layer, Optional.empty(), false, 0, macs, macs, 0, 0, Double.POSITIVE_INFINITY);
  }

  /** A layer on a device. */
  static LayerPlan byLight(
      NetworkLayer layer, ConvolutionPlan plan, boolean spectraKept, double predictedSnrDb) {
    return new LayerPlan(
        layer,
        Optional.of(plan),
        spectraKept,
        plan.frames(),
        plan.electronicMacs(),
        plan.spectralMacs(),
        plan.deviceSeconds(),
        plan.deviceJoules(),
        predictedSnrDb);
  }

  /** The layer's qualified name. */
  public String name() {
    return layer.name();
  }

  /** Where the layer runs. */
  public Route route() {
    return layer.route();
  }
}
