// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cli.io.NpyArray;

class PlanCommandTest extends CommandTestFolder {
  private static final int SIDE = 32;

  private static JsonNode plan(String... args) throws IOException {
    return json(
        succeed(append(new String[] {"plan", "--size", Integer.toString(SIDE), "--json"}, args)));
  }

  private static String[] append(String[] args, String... more) {
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  @Test
  void everyLayerHasWhatIsHeldStable() throws IOException {
    JsonNode plan = plan("--device", "sim:demonstrator");
    assertEquals("sim:demonstrator", plan.get("device").asText());
    assertEquals("host-time", plan.get("objective").asText());
    assertEquals(66, plan.get("layers").size());
    for (JsonNode layer : plan.get("layers")) {
      for (String key :
          List.of(
              "name",
              "route",
              "reason",
              "frames",
              "macsElectronic",
              "macsHybrid",
              "deviceSeconds",
              "deviceJoules",
              "predictedSnrDb")) {
        assertTrue(layer.has(key), () -> key + " in " + layer);
      }
      boolean optical = layer.get("route").asText().equals("optical");
      assertEquals(optical, layer.get("frames").asLong() > 0);
      assertEquals(optical, layer.get("deviceSeconds").asDouble() > 0);
      assertEquals(optical, layer.get("frame").size() == 2);
      assertTrue(layer.get("macsElectronic").asLong() > 0);
      if (!optical) {
        assertEquals("pointwise", layer.get("route").asText());
        assertEquals(layer.get("macsElectronic"), layer.get("macsHybrid"));
      }
      // Without light it is unbounded, which JSON has no number for.
      assertEquals(optical, layer.get("predictedSnrDb").isNumber());
    }
  }

  @Test
  void totalsAreSums() throws IOException {
    JsonNode plan = plan("--device", "sim:demonstrator");
    JsonNode totals = plan.get("totals");
    for (String key : List.of("frames", "macsElectronic", "macsHybrid")) {
      long sum = 0;
      for (JsonNode layer : plan.get("layers")) {
        sum += layer.get(key).asLong();
      }
      assertEquals(sum, totals.get(key).asLong(), key);
    }
    for (String key : List.of("deviceSeconds", "deviceJoules")) {
      double sum = 0;
      for (JsonNode layer : plan.get("layers")) {
        sum += layer.get(key).asDouble();
      }
      assertEquals(sum, totals.get(key).asDouble(), 1e-9 * sum, key);
    }
    assertEquals(22, totals.get("opticalLayers").asInt());
  }

  /** Exposures of the ideal bench are not metered, so even the time is as planned. */
  @Test
  void theNetworkDoesWhatWasPlanned() throws IOException {
    JsonNode totals = plan("--device", "sim:ideal").get("totals");
    String x = write("x.npy", NpyArray.real(Arrays2d.random(3 * SIDE * SIDE, 3), 1, 3, SIDE, SIDE));
    JsonNode ran = json(succeed("forward", "--device", "sim:ideal", "--json", x, path("y.npy")));
    assertEquals(ran.get("frames").asLong(), totals.get("frames").asLong());
    double busy = ran.get("deviceBusySeconds").asDouble();
    assertEquals(busy, totals.get("deviceSeconds").asDouble(), 1e-6 * busy);
  }

  @Test
  void theObjectiveDecides() throws IOException {
    JsonNode host = plan("--device", "sim:demonstrator").get("totals");
    JsonNode device =
        plan("--device", "sim:demonstrator", "--objective", "device-time").get("totals");
    assertTrue(device.get("deviceSeconds").asDouble() < host.get("deviceSeconds").asDouble());
    assertTrue(device.get("frames").asLong() < host.get("frames").asLong());
    assertEquals(host.get("macsElectronic"), device.get("macsElectronic"));
  }

  @Test
  void accuracyCostsTime() throws IOException {
    JsonNode host = plan("--device", "sim:demonstrator");
    JsonNode accurate = plan("--device", "sim:demonstrator", "--objective", "accuracy");
    for (int i = 0; i < host.get("layers").size(); i++) {
      assertTrue(
          snr(accurate.get("layers").get(i)) >= Math.floor(snr(host.get("layers").get(i))),
          accurate.get("layers").get(i)::toString);
    }
    assertTrue(
        accurate.get("totals").get("deviceSeconds").asDouble()
            > host.get("totals").get("deviceSeconds").asDouble());
  }

  private static double snr(JsonNode layer) {
    JsonNode snr = layer.get("predictedSnrDb");
    return snr.isNull() ? Double.POSITIVE_INFINITY : snr.asDouble();
  }

  @Test
  void withoutADeviceNothingGoesToLight() throws IOException {
    JsonNode plan = plan("--device", "none", "--model", "fcn8-vgg16");
    assertEquals(19, plan.get("layers").size());
    for (JsonNode layer : plan.get("layers")) {
      assertEquals("electronic", layer.get("route").asText());
      assertEquals("there is no device", layer.get("reason").asText());
    }
    JsonNode totals = plan.get("totals");
    assertEquals(0, totals.get("frames").asLong());
    assertEquals(totals.get("macsElectronic"), totals.get("macsHybrid"));
    String out = succeed("plan", "--device", "none", "--size", "32").out();
    assertTrue(!out.contains("SNR") && out.contains("0 of them by light"), out);
  }

  @Test
  void textIsATableAndSums() {
    String out =
        succeed("plan", "--model", "fcn8-vgg16", "--device", "sim:photonic", "--size", "32x64")
            .out();
    for (String part :
        List.of(
            "fcn8-vgg16 on sim:photonic, one image of 32×64, planned for host-time",
            "encoder.layer1.layer.0  3 to 64, 3×3 ",
            "3×3, transposed, stride 2",
            "11×11",
            "is larger than 1×1",
            "19 layers, 18 of them by light, ",
            " of the device, energy ",
            "multiply-accumulates (MACs) in electronics alone",
            "kernel spectra: ")) {
      assertTrue(out.contains(part), part + " is not in " + out);
    }
    assertTrue(out.contains("SNR") && out.contains(" dB "), out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--size=0", "--size=8193", "--size=5x", "--size=-1", "--size=99999999999"})
  void impossibleSizesAreRefused(String size) throws IOException {
    fail(2, "is not a size N or ROWSxCOLS of 1 to 8192 pixels a side", "plan", size);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--objective=speed | choose one of host-time, device-time, accuracy",
        "--model=unet | unknown model 'unet'",
        "--device=sim:nothing | nothing",
      })
  void whatDoesNotExistIsRefused(String option, String part) throws IOException {
    fail(2, part, "plan", "--size=32", option);
  }

  @Test
  void devicesThatCannotShowFieldsAreRefused() throws IOException {
    fail(1, "intensity", "plan", "--size=32", "-o", "readout=intensity");
  }
}
