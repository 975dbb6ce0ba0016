// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

class NetworkPlannerTest {
  /** Many channels on small maps, where spectra are large, and few on large ones. */
  private static final List<NetworkLayer> NETWORK =
      List.of(
          optical("wide", ConvolutionSpec.of(256, 256, 3).padding(1), 32),
          optical("wider", ConvolutionSpec.of(512, 512, 3).padding(1), 16),
          layer("point", ConvolutionSpec.of(512, 64, 1), 16, Route.POINTWISE),
          optical("up", TransposedSpec.of(64, 64, 3).stride(2).padding(1).outputPadding(1), 64),
          optical("depthwise", ConvolutionSpec.of(96, 96, 5).padding(2).groups(96), 64),
          layer("kept out", ConvolutionSpec.of(64, 64, 3).padding(1), 64, Route.ELECTRONIC),
          optical("last", ConvolutionSpec.of(64, 64, 3).padding(1), 128));

  private final OpticalFourierDevice device = Devices.open("sim:demonstrator");
  private final ConvolutionPlanner planner =
      ConvolutionPlanner.forDevice(device, TransformOptions.defaults(), Objective.HOST_TIME);

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void withMemoryEnoughEachLayerGetsItsOwnBest() {
    NetworkPlan plan = NetworkPlanner.of(planner, Long.MAX_VALUE).plan(NETWORK);
    assertEquals(NETWORK, plan.layers().stream().map(LayerPlan::layer).toList());
    for (LayerPlan layer : plan.layers()) {
      boolean optical = layer.route() == Route.OPTICAL;
      assertEquals(optical, layer.spectraKept());
      assertEquals(
          optical
              ? Optional.of(
                  planner.plan(
                      layer.layer().spec(),
                      layer.layer().rows(),
                      layer.layer().cols(),
                      Long.MAX_VALUE))
              : Optional.empty(),
          layer.convolution());
    }
    assertEquals(0, plan.totals().freshSpectraBytes());
  }

  @Test
  void explainsEveryLayer() {
    ConvolutionPlanner foreseeing =
        ConvolutionPlanner.forDevice(
            device, TransformOptions.defaults(), Objective.HOST_TIME, plan -> 31.25);
    List<String> lines = NetworkPlanner.of(foreseeing, 512L << 20).plan(NETWORK).explain();
    assertEquals(NETWORK.size(), lines.size());
    for (int i = 0; i < NETWORK.size(); i++) {
      NetworkLayer layer = NETWORK.get(i);
      assertTrue(lines.get(i).startsWith(layer.name() + ": "), lines.get(i));
      assertTrue(lines.get(i).contains(layer.reason()), lines.get(i));
      assertEquals(layer.route() == Route.OPTICAL, lines.get(i).contains("frames"));
      assertEquals(layer.route() == Route.OPTICAL, lines.get(i).endsWith("31.3 dB expected"));
    }
    List<String> blind = NetworkPlanner.of(planner, 512L << 20).plan(NETWORK).explain();
    assertTrue(blind.stream().noneMatch(line -> line.contains("NaN")), blind.toString());
  }

  /** Given its share, a layer alone gets the plan that it has in the network. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20, 5 << 20, 20 << 20, 100 << 20, 400 << 20})
  void spectraStayWithinTheBudget(long budget) {
    NetworkPlan plan = NetworkPlanner.of(planner, budget).plan(NETWORK);
    assertTrue(plan.totals().spectraBytes() <= budget);
    for (LayerPlan layer : plan.layers()) {
      if (layer.spectraKept()) {
        ConvolutionPlan own = layer.convolution().orElseThrow();
        assertEquals(
            own,
            planner.plan(own.layer(), own.rows(), own.cols(), own.spectraBytes()),
            layer.name());
      }
    }
  }

  /** More memory never makes the whole slower, and the first layers do not take it all. */
  @Test
  void memoryGoesWhereItSavesMost() {
    double before = Double.POSITIVE_INFINITY;
    for (int megabytes = 0; megabytes <= 400; megabytes += 20) {
      NetworkPlan plan = NetworkPlanner.of(planner, (long) megabytes << 20).plan(NETWORK);
      double host = hostNanoseconds(plan);
      assertTrue(host <= before * 1.001, megabytes + " MB: " + host + " after " + before);
      double inOrder = hostInOrder((long) megabytes << 20);
      assertTrue(host <= inOrder * 1.02, megabytes + " MB: " + host + " against " + inOrder);
      before = host;
    }
    assertTrue(
        hostNanoseconds(NetworkPlanner.of(planner, 60 << 20).plan(NETWORK))
            < hostInOrder(60 << 20));
  }

  private static double hostNanoseconds(NetworkPlan plan) {
    return plan.layers().stream()
        .filter(layer -> layer.route() == Route.OPTICAL)
        .mapToDouble(layer -> cost(layer.convolution().orElseThrow(), layer.spectraKept()))
        .sum();
  }

  /** First come, first served. */
  private double hostInOrder(long budget) {
    double sum = 0;
    long left = budget;
    for (NetworkLayer layer : NETWORK) {
      if (layer.route() == Route.OPTICAL) {
        ConvolutionPlan plan = planner.plan(layer.spec(), layer.rows(), layer.cols(), left);
        boolean kept = plan.spectraBytes() <= left;
        left -= kept ? plan.spectraBytes() : 0;
        sum += cost(plan, kept);
      }
    }
    return sum;
  }

  private static double cost(ConvolutionPlan plan, boolean kept) {
    return plan.hostNanoseconds() + (kept ? 0 : SpectralCost.FRESH_BYTE * plan.spectraBytes());
  }

  @Test
  void totalsAreSums() {
    NetworkPlan plan = NetworkPlanner.of(planner).plan(NETWORK);
    NetworkPlan.Totals totals = plan.totals();
    assertEquals(7, totals.layers());
    assertEquals(5, totals.opticalLayers());
    assertEquals(
        plan.layers().stream()
            .flatMap(layer -> layer.convolution().stream())
            .mapToLong(ConvolutionPlan::frames)
            .sum(),
        totals.frames());
    LayerPlan point = plan.layers().get(2);
    assertEquals(512 * 64 * 16 * 16, point.macsElectronic());
    assertEquals(point.macsElectronic(), point.macsHybrid());
    LayerPlan out = plan.layers().get(5);
    assertEquals(64 * 64 * 9 * 64 * 64, out.macsHybrid());
    assertEquals(0, out.frames());
    assertTrue(Double.isInfinite(out.predictedSnrDb()));
    assertTrue(totals.macsHybrid() < totals.macsElectronic());
    assertTrue(totals.deviceSeconds() > 0 && totals.deviceJoules() > 0);
  }

  @Test
  void theEstimateIsReported() {
    ConvolutionPlanner knowing =
        ConvolutionPlanner.forDevice(
            device, TransformOptions.defaults(), Objective.HOST_TIME, plan -> plan.tiles());
    NetworkPlan plan = NetworkPlanner.of(knowing).plan(NETWORK);
    assertEquals(
        plan.layers().get(0).convolution().orElseThrow().tiles(),
        plan.layers().get(0).predictedSnrDb());
    // The planner's own: an 8-bit bench is good for some 30 dB.
    double usual = NetworkPlanner.of(planner).plan(NETWORK).layers().get(0).predictedSnrDb();
    assertTrue(usual > 15 && usual < 45, () -> "predicted " + usual);
  }

  @Test
  void withoutADeviceNothingGoesToLight() {
    NetworkPlan plan = NetworkPlanner.electronic().plan(NETWORK.subList(2, 3));
    assertEquals(0, plan.totals().frames());
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class, () -> NetworkPlanner.electronic().plan(NETWORK));
    assertTrue(refusal.getMessage().contains("layer wide"), refusal.getMessage());
  }

  @Test
  void aRunAsPlannedHasNoDifferences() {
    NetworkPlan plan = NetworkPlanner.of(planner).plan(NETWORK);
    assertEquals(List.of(), plan.compare(facts(plan, 3), 3));
    assertFalse(plan.compare(facts(plan, 3), 2).isEmpty());
  }

  @Test
  void differencesAreTold() {
    NetworkPlan plan = NetworkPlanner.of(planner).plan(NETWORK);
    List<LayerFact> facts = new ArrayList<>(facts(plan, 1));
    long frames = facts.get(0).frames();
    facts.set(0, new LayerFact("wide", Route.OPTICAL, frames + 2));
    facts.set(2, new LayerFact("point", Route.ELECTRONIC, 0));
    facts.remove(6);
    facts.add(new LayerFact("other", Route.OPTICAL, 8));
    assertEquals(
        List.of(
            "wide was planned with " + frames + " frames and took " + (frames + 2),
            "point was planned pointwise and ran electronic",
            "last was planned and did not run",
            "other ran without a plan"),
        plan.compare(facts, 1));
  }

  /** Layers of one name are compared in the order in which they ran. */
  @Test
  void aLayerMayRunSeveralTimes() {
    NetworkLayer large = optical("shared", ConvolutionSpec.of(4, 4, 3).padding(1), 64);
    NetworkLayer small = optical("shared", ConvolutionSpec.of(4, 4, 3).padding(1), 8);
    NetworkPlan plan = NetworkPlanner.of(planner).plan(List.of(large, small));
    List<LayerFact> facts = facts(plan, 1);
    assertEquals(List.of(), plan.compare(facts, 1));
    assertEquals(2, plan.compare(List.of(facts.get(1), facts.get(0)), 1).size());
    assertEquals(
        List.of("shared was planned and did not run"), plan.compare(facts.subList(0, 1), 1));
  }

  private static List<LayerFact> facts(NetworkPlan plan, int images) {
    return plan.layers().stream()
        .map(layer -> new LayerFact(layer.name(), layer.route(), layer.frames() * images))
        .toList();
  }

  private static NetworkLayer optical(String name, LayerSpec spec, int side) {
    return layer(name, spec, side, Route.OPTICAL);
  }

  private static NetworkLayer layer(String name, LayerSpec spec, int side, Route route) {
    return new NetworkLayer(name, spec, side, side, route, "a test");
  }
}
