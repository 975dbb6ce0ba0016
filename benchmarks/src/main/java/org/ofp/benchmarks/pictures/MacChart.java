// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.ofp.cli.chart.ChartStyle;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.models.ModelLayers;
import org.ofp.models.Models;
import org.ofp.optconv.ConvolutionPlanner;
import org.ofp.optconv.LayerPlan;
import org.ofp.optconv.MacCount;
import org.ofp.optconv.NetworkLayer;
import org.ofp.optconv.NetworkPlanner;
import org.ofp.optconv.Objective;
import org.ofp.optconv.RoutingPolicy;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Multiply-accumulates of the four networks' convolutions with kernels larger than 1×1, an image:
 * in electronics alone, and what light leaves to it.
 */
final class MacChart {
  private static final int CLASSES = 23;
  private static final int TILE = 32;
  private static final double GIGA = 1e9;

  private static final List<String> NETWORKS =
      List.of("fcn8-vgg16", "segnet-vgg16", "unet-vgg16", "unet-efficientnet-b0");

  private static final List<String> NAMES =
      List.of("FCN-8", "SegNet", "U-Net", "EfficientNet U-Net");

  private static final Color GREY = new Color(0x999999);

  private MacChart() {}

  static BufferedImage draw(int side) {
    List<Double> electronic = new ArrayList<>();
    List<Double> tiled = new ArrayList<>();
    List<Double> planned = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < NETWORKS.size(); i++) {
      List<NetworkLayer> layers = layers(NETWORKS.get(i), side);
      electronic.add(sum(layers, l -> MacCount.electronic(l.spec(), l.rows(), l.cols())));
      tiled.add(sum(layers, l -> MacCount.tiled(l.spec(), l.rows(), l.cols(), TILE)));
      planned.add(planned(layers));
      labels.add(
          String.format(
              Locale.ROOT,
              "%s  (÷%.2f, ÷%.2f)",
              NAMES.get(i),
              electronic.get(i) / tiled.get(i),
              electronic.get(i) / planned.get(i)));
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(1080)
            .height(560)
            .title("Convolution arithmetic for one image of " + side + "×" + side)
            .yAxisTitle("multiply-accumulates, 10⁹")
            .build();
    style(chart.getStyler(), Collections.max(electronic));
    chart.addSeries("electronics alone", labels, electronic).setFillColor(GREY);
    chart
        .addSeries("beside light, whole tiles of 32×32", labels, tiled)
        .setFillColor(Canvas.ORANGE);
    chart.addSeries("beside light, this engine's plan", labels, planned).setFillColor(Canvas.BLUE);
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void style(CategoryStyler styler, double largest) {
    ChartStyle.plain(styler);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setChartPadding(14);
    styler.setChartTitlePadding(10);
    styler.setAvailableSpaceFill(0.75);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(1.08 * largest);
    styler.setPlotContentSize(0.995);
    styler.setYAxisDecimalPattern("0");
    styler.setLabelsVisible(true);
    styler.setLabelsPosition(1.04);
    styler.setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLabelsFontColor(Canvas.TEXT);
    styler.setDecimalPattern("0");
  }

  private static List<NetworkLayer> layers(String name, int side) {
    try (OpticalContext context = OpticalContext.electronic()) {
      return ModelLayers.of(
              Models.create(name, CLASSES, context, 0), context, side, side, run -> {})
          .stream()
          .filter(layer -> !layer.spec().isPointwise())
          .map(layer -> layer.routed(RoutingPolicy.defaults()))
          .toList();
    }
  }

  private static double planned(List<NetworkLayer> layers) {
    try (OpticalFourierDevice device = Devices.open("sim:ideal")) {
      ConvolutionPlanner planner =
          ConvolutionPlanner.forDevice(device, TransformOptions.defaults(), Objective.HOST_TIME);
      return NetworkPlanner.of(planner).plan(layers).layers().stream()
              .mapToLong(LayerPlan::macsHybrid)
              .sum()
          / GIGA;
    }
  }

  private static double sum(List<NetworkLayer> layers, ToLongFunction<NetworkLayer> macs) {
    return layers.stream().mapToLong(macs).sum() / GIGA;
  }
}
