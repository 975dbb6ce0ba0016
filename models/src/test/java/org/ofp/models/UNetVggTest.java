// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.io.ElementType;
import org.ofp.models.io.SafetensorsWriter;
import org.ofp.models.io.WeightsException;

class UNetVggTest extends VggNetworkContract {
  @TempDir Path folder;

  UNetVggTest() {
    super(
        "unet-vgg16",
        22_572_631,
        List.of(
            "encoder.layer1.layer.0.weight",
            "encoder.layer5.layer.4.weight",
            "up1.conv.double_conv.0.weight",
            "up4.conv.double_conv.4.bias",
            "classifier.weight"));
  }

  /** A PyTorch state_dict has the fifth stage twice, and the article counts it twice. */
  @Test
  void knowsTheSecondNamesOfTheFifthStage() {
    List<Reference.Parameter> second =
        Reference.parameters(name).stream().filter(Reference.Parameter::isSecondName).toList();
    assertEquals(
        second.stream().map(Reference.Parameter::name).toList(),
        List.copyOf(model.secondNames().keySet()));
    for (Reference.Parameter p : second) {
      String first = model.secondNames().get(p.name());
      assertEquals(p.name(), first.replace("encoder.layer5.", "encoder5."));
      assertEquals(p.shape(), Reference.boxed(model.parameters().get(first).shape()));
    }
    long twice = second.stream().mapToLong(Reference.Parameter::size).sum();
    assertEquals(29_652_055, model.parameterCount() + twice);
  }

  @Test
  void acceptsAllSecondNamesIfEqual() throws IOException {
    Map<String, Tensor> keys = new LinkedHashMap<>(model.parameters());
    model.secondNames().forEach((second, first) -> keys.put(second, keys.get(first)));
    assertEquals(66, keys.size());
    Weights.load(model, write(keys));
    computesTheReferencesLogits(32, 3);
  }

  @Test
  void refusesASecondNameWithAnotherValue() throws IOException {
    Map<String, Tensor> keys = new LinkedHashMap<>(model.parameters());
    model.secondNames().forEach((second, first) -> keys.put(second, keys.get(first)));
    Tensor bias = keys.get("encoder5.layer.2.bias").clone();
    FloatBuffer values = bias.createBuffer();
    float original = values.get(7);
    values.put(7, 3);
    keys.put("encoder5.layer.2.bias", bias);
    Path file = write(keys);
    FloatBuffer loaded = model.parameters().get("classifier.bias").createBuffer();
    float before = loaded.get(0);
    loaded.put(0, 5);
    WeightsException e = assertThrows(WeightsException.class, () -> Weights.load(model, file));
    assertEquals(
        file
            + ": 'encoder5.layer.2.bias' is a second name of 'encoder.layer5.layer.2.bias' and must"
            + " hold the same values, but has 3.0 for "
            + original
            + " at index 7; make them equal, or leave all second names out",
        e.getMessage());
    assertEquals(5, loaded.get(0), "a failing load changes nothing");
    loaded.put(0, before);
  }

  @Test
  void refusesSomeOfTheSecondNames() throws IOException {
    Map<String, Tensor> keys = new LinkedHashMap<>();
    keys.put("encoder5.layer.0.bias", model.parameters().get("encoder.layer5.layer.0.bias"));
    keys.put("encoder5.layer.1.bias", model.parameters().get("encoder.layer5.layer.0.bias"));
    keys.put("encoder5.layer.2.bias", model.parameters().get("classifier.bias"));
    Path file = write(keys);
    WeightsException e = assertThrows(WeightsException.class, () -> Weights.load(model, file));
    assertEquals(60 + 4, e.missing().size());
    assertTrue(e.missing().contains("encoder5.layer.4.weight"));
    assertTrue(e.missing().contains("encoder.layer5.layer.0.bias"), "the first name is needed");
    assertEquals(List.of("encoder5.layer.1.bias"), e.unexpected());
    assertEquals(List.of("encoder5.layer.2.bias"), e.misshaped());
    assertTrue(
        e.getMessage().endsWith("and with all or none of the parameters under second names"),
        e.getMessage());
  }

  private Path write(Map<String, Tensor> keys) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F32);
    keys.forEach((key, tensor) -> writer.add(key, tensor.shape(), tensor.createBuffer()));
    writer.write(file);
    return file;
  }
}
