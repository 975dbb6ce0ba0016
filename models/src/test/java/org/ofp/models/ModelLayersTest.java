// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.optconv.ConvolutionPlanner;
import org.ofp.optconv.MacCount;
import org.ofp.optconv.NetworkLayer;
import org.ofp.optconv.NetworkPlan;
import org.ofp.optconv.NetworkPlanner;
import org.ofp.optconv.Objective;
import org.ofp.optconv.Route;
import org.ofp.optconv.RoutingPolicy;
import org.ofp.optconv.torch.NetworkTrace;
import org.ofp.optconv.torch.OpticalContext;

/**
 * The layers of the networks, and the arithmetic that light takes off them: the figures of the
 * design for 512×512, of the layers with kernels larger than 1×1. Traced at 64×64, since all maps
 * that such layers see grow with the image.
 */
class ModelLayersTest {
  private static final int TRACED = 64;
  private static final int SCALE = 512 / TRACED;
  private static final Map<String, List<NetworkLayer>> NETWORKS = new TreeMap<>();

  @BeforeAll
  static void trace() {
    for (String name : Models.names()) {
      NETWORKS.put(name, trace(name, TRACED, TRACED));
    }
  }

  private static List<NetworkLayer> trace(String name, int rows, int cols) {
    try (OpticalContext context = OpticalContext.electronic()) {
      SegmentationModel model = Models.create(name, 23, context, 0);
      return ModelLayers.of(model, context, rows, cols, run -> {});
    }
  }

  /** Tiles of 32×32: 1.97, 2.39, 2.63, 3.44. */
  @ParameterizedTest
  @CsvSource({
    "fcn8-vgg16, 1.97",
    "segnet-vgg16, 2.39",
    "unet-vgg16, 2.63",
    "unet-efficientnet-b0, 3.44"
  })
  void tilesOf32(String name, double expected) {
    double ratio = electronic(name) / sum(name, layer -> tiled(layer, 32));
    assertEquals(expected, ratio, 0.005);
  }

  /** Each layer with the tile up to 520 that suits it best: 3.5 to 4.4. */
  @ParameterizedTest
  @CsvSource({
    "fcn8-vgg16, 3.51",
    "segnet-vgg16, 4.31",
    "unet-vgg16, 4.35",
    "unet-efficientnet-b0, 4.43"
  })
  void bestTiles(String name, double expected) {
    double hybrid =
        sum(name, layer -> MacCount.tiledBest(layer.spec(), layer.rows(), layer.cols(), 520));
    assertEquals(expected, electronic(name) / hybrid, 0.005);
  }

  /** Where inserted zeros are multiplied in electronics, FCN-8 gains more; the others have none. */
  @ParameterizedTest
  @CsvSource({
    "fcn8-vgg16, 2.42",
    "segnet-vgg16, 2.39",
    "unet-vgg16, 2.63",
    "unet-efficientnet-b0, 3.44"
  })
  void withInsertedZeros(String name, double expected) {
    double electronic =
        sum(name, layer -> MacCount.electronicWithZeros(layer.spec(), layer.rows(), layer.cols()));
    assertEquals(expected, electronic / sum(name, layer -> tiled(layer, 32)), 0.005);
  }

  /** Were the maps as large as the tiles like, all would gain what a frame gains. */
  @Test
  void withoutPartTilesEveryNetworkGainsWhatAFrameGains() {
    for (String name : List.of("segnet-vgg16", "unet-vgg16")) {
      double hybrid =
          sum(
              name,
              layer -> MacCount.tiled(layer.spec(), 30 * layer.rows(), 30 * layer.cols(), 32));
      assertEquals(MacCount.reduction(3, 32), 900 * electronic(name) / hybrid, 1e-9);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fcn8-vgg16, 13, 5, 1",
    "segnet-vgg16, 26, 0, 0",
    "unet-vgg16, 21, 0, 1",
    "unet-vgg16-transposed, 20, 4, 1",
    "unet-efficientnet-b0, 22, 0, 44"
  })
  void namesAreThoseOfTheParameters(String name, int convolutions, int transposed, int pointwise) {
    List<NetworkLayer> layers = NETWORKS.get(name);
    assertEquals(pointwise, count(layers, true, "ConvolutionSpec"));
    assertEquals(convolutions, count(layers, false, "ConvolutionSpec"));
    assertEquals(transposed, count(layers, false, "TransposedSpec"));
    try (OpticalContext context = OpticalContext.electronic()) {
      SegmentationModel model = Models.create(name, 23, context, 0);
      for (NetworkLayer layer : layers) {
        long weights = model.parameters().get(layer.name() + ".weight").numel();
        assertEquals(layer.spec().weightCount(), weights, layer.name());
        assertEquals(Route.ELECTRONIC, layer.route());
      }
    }
  }

  private static long count(List<NetworkLayer> layers, boolean pointwise, String type) {
    return layers.stream()
        .filter(layer -> layer.spec().isPointwise() == pointwise)
        .filter(layer -> layer.spec().getClass().getSimpleName().equals(type))
        .count();
  }

  @Test
  void mapsAreThoseOfThePaddedImage() {
    List<NetworkLayer> layers = trace("unet-efficientnet-b0", 40, 17);
    NetworkLayer first = layers.get(0);
    assertEquals("optical_encoder.stem_conv.0", first.name());
    assertEquals(48, first.rows());
    assertEquals(32, first.cols());
    assertTrue(
        layers.stream()
            .anyMatch(
                layer ->
                    layer.name().endsWith("se_reduce") && layer.rows() == 1 && layer.cols() == 1));
  }

  private static double electronic(String name) {
    return sum(name, layer -> MacCount.electronic(layer.spec(), layer.rows(), layer.cols()));
  }

  private static long tiled(NetworkLayer layer, int side) {
    return MacCount.tiled(layer.spec(), layer.rows(), layer.cols(), side);
  }

  private static double sum(String name, ToLongFunction<NetworkLayer> macs) {
    return (double)
        NETWORKS.get(name).stream()
            .filter(layer -> !layer.spec().isPointwise())
            .map(ModelLayersTest::at512)
            .mapToLong(macs)
            .sum();
  }

  private static NetworkLayer at512(NetworkLayer layer) {
    return new NetworkLayer(
        layer.name(),
        layer.spec(),
        SCALE * layer.rows(),
        SCALE * layer.cols(),
        layer.route(),
        layer.reason());
  }

  /** Too little memory for all spectra: by itself a context would give it to the first layers. */
  @Test
  void aNetworkFollowsItsPlan() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext electronic = OpticalContext.electronic();
        OpticalContext context = OpticalContext.on(device)) {
      String name = "unet-efficientnet-b0";
      SegmentationModel traced = Models.create(name, 3, electronic, 0);
      ConvolutionPlanner planner =
          ConvolutionPlanner.forDevice(device, TransformOptions.defaults(), Objective.HOST_TIME);
      List<NetworkLayer> layers =
          ModelLayers.of(traced, electronic, 64, 64, run -> {}).stream()
              .map(layer -> layer.routed(RoutingPolicy.defaults()))
              .toList();
      NetworkPlan plan = NetworkPlanner.of(planner, 1 << 20).plan(layers);
      SegmentationModel model = Models.create(name, 3, context, 0);
      Tensor images = torch.randn(1, 3, 64, 64);
      assertFalse(differences(context, model, images, plan).isEmpty());
      context.follow(plan);
      assertEquals(List.of(), differences(context, model, images, plan));
    }
  }

  private static List<String> differences(
      OpticalContext context, SegmentationModel model, Tensor images, NetworkPlan plan) {
    NetworkTrace trace = new NetworkTrace();
    context.onLayer(trace);
    model.infer(images);
    return plan.compare(trace.facts(), 1);
  }
}
