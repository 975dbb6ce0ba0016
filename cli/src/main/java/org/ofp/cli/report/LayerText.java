// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.List;
import org.ofp.cli.term.Quantity;

/** A row of the table of layers. */
record LayerText(
    String number,
    String name,
    String computes,
    String map,
    String route,
    String reason,
    boolean optical,
    String frames,
    String macsElectronic,
    String macsHybrid,
    String predictedSnr,
    String measuredSnr,
    String hostTime,
    String deviceTime,
    String deviceEnergy) {

  static LayerText of(LayerFacts layer) {
    boolean optical = layer.optical();
    return new LayerText(
        Integer.toString(layer.number()),
        layer.name(),
        layer.computes(),
        layer.rows() + "×" + layer.cols(),
        layer.route(),
        layer.reason(),
        optical,
        optical ? Numbers.grouped(layer.frames()) : Numbers.NONE,
        Quantity.si((double) layer.macsElectronic(), ""),
        Quantity.si((double) layer.macsHybrid(), ""),
        optical ? Numbers.decibels(layer.predictedSnrDb()) : Numbers.NONE,
        optical ? Numbers.decibels(layer.measuredSnrDb()) : Numbers.NONE,
        Numbers.seconds(layer.hostSeconds()),
        optical ? Numbers.seconds(layer.deviceSeconds()) : Numbers.NONE,
        optical ? Numbers.joules(layer.deviceJoules()) : Numbers.NONE);
  }

  /** The sums; accuracies have none. */
  static LayerText totals(LayerTable table) {
    List<LayerFacts> layers = table.layers();
    return new LayerText(
        "",
        "Total",
        "",
        "",
        "",
        "",
        false,
        Numbers.grouped(table.frames()),
        Quantity.si((double) table.macsElectronic(), ""),
        Quantity.si((double) table.macsHybrid(), ""),
        "",
        "",
        Numbers.seconds(layers.stream().mapToDouble(LayerFacts::hostSeconds).sum()),
        Numbers.seconds(table.deviceSeconds()),
        Numbers.joules(table.deviceJoules()));
  }
}
