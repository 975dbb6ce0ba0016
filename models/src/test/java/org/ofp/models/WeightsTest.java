// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.io.ElementType;
import org.ofp.models.io.SafetensorsWriter;
import org.ofp.models.io.WeightsException;
import org.ofp.optconv.torch.OpticalContext;

class WeightsTest {
  @TempDir Path folder;
  private Path file;
  private SegmentationModel model;

  /** What is written to the file: the reference's weights, without what is not reached. */
  private final Map<String, FloatBuffer> tensors = new LinkedHashMap<>();

  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  @BeforeEach
  void reachedParameters() {
    file = folder.resolve("weights.safetensors");
    model = Models.create(Reference.NAME, Reference.CLASSES, OpticalContext.electronic(), 1);
    Reference.parameters().stream().filter(Reference.Parameter::reached).forEach(this::add);
  }

  @Test
  void savedWeightsLoadBitByBit() throws IOException {
    SegmentationModel saved = Reference.model();
    Weights.save(saved, file, ElementType.F32);
    Weights.load(model, file);
    saved
        .parameters()
        .forEach(
            (name, tensor) -> assertArrayEquals(FloatTensors.values(tensor), values(name), name));
  }

  @Test
  void halfPrecisionHasTheDocumentedSize() throws IOException {
    SegmentationModel saved = Reference.model();
    Weights.save(saved, file, ElementType.F16);
    long data = 2 * 1_992_175; // 3.98 MB
    long header = Files.size(file) - data;
    assertTrue(header > 0 && header < 30_000, () -> header + " bytes of header");
    Weights.load(model, file);
    float[] exact = FloatTensors.values(saved.infer(Reference.image(64)));
    float[] rounded = FloatTensors.values(model.infer(Reference.image(64)));
    double error = Reference.relativeError(exact, rounded);
    assertTrue(error > 1e-5 && error < 5e-3, () -> "relative error " + error);
  }

  @Test
  void blocksThatAreNotReachedMayAllBePresent() throws IOException {
    addUnreached();
    write();
    Weights.load(model, file);
    assertLoaded();
  }

  @Test
  void blocksThatAreNotReachedMayAllBeAbsent() throws IOException {
    write();
    Weights.load(model, file);
    assertLoaded();
  }

  @Test
  void someBlocksThatAreNotReachedAreRefused() throws IOException {
    addUnreached();
    String removed = "optical_encoder.blocks.13.conv.2.se_reduce.bias";
    tensors.remove(removed);
    WeightsException e = refusal();
    assertEquals(List.of(removed), e.missing());
    assertTrue(e.getMessage().contains("all or none"), e.getMessage());
  }

  @Test
  void everyDifferenceIsNamed() throws IOException {
    List<String> removed =
        List.of(
            "inc.double_conv.0.weight",
            "up1.conv.double_conv.0.bias",
            "up2.conv.double_conv.0.bias",
            "up3.conv.double_conv.0.bias");
    removed.forEach(tensors::remove);
    add("extra\n.weight", new long[] {2});
    add("outc.conv.weight", new long[] {5, 64, 1, 1});
    WeightsException e = refusal();
    assertEquals(removed, e.missing());
    assertEquals(List.of("extra\n.weight"), e.unexpected());
    assertEquals(List.of("outc.conv.weight"), e.misshaped());
    assertEquals(
        file
            + " does not fit unet-efficientnet-b0 with 23 classes (185 parameters): 4 missing"
            + " (inc.double_conv.0.weight, up1.conv.double_conv.0.bias,"
            + " up2.conv.double_conv.0.bias, …); 1 unexpected ('extra?.weight'); 1 mis-shaped"
            + " (outc.conv.weight is [5, 64, 1, 1], not [23, 64, 1, 1]); use weights saved from"
            + " this model with as many classes",
        e.getMessage());
  }

  @Test
  void aFailingLoadChangesNothing() throws IOException {
    Map<String, float[]> before = new LinkedHashMap<>();
    model.parameters().keySet().forEach(name -> before.put(name, values(name)));
    String last = "outc.conv.bias";
    write();
    // the last value of the file, past the writer's own check
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = 0x7F;
    bytes[bytes.length - 2] = (byte) 0xC0;
    Files.write(file, bytes);
    WeightsException e = assertThrows(WeightsException.class, () -> Weights.load(model, file));
    assertTrue(
        e.getMessage().contains("'" + last + "' has the value NaN at index 22"), e.getMessage());
    before.forEach((name, values) -> assertArrayEquals(values, values(name), name));
  }

  @Test
  void aLoadIsVisibleToCachesOfDerivedData() throws IOException {
    write();
    long before = model.parameters().get("outc.conv.weight")._version();
    Weights.load(model, file);
    assertTrue(model.parameters().get("outc.conv.weight")._version() > before);
  }

  @Test
  void aMissingFileIsAnIoError() {
    assertThrows(NoSuchFileException.class, () -> Weights.load(model, file));
  }

  @Test
  void aFailingSaveLeavesNoFile() {
    FloatBuffer bias = model.parameters().get("inc.double_conv.0.bias").createBuffer();
    bias.put(5, 70_000);
    WeightsException e =
        assertThrows(WeightsException.class, () -> Weights.save(model, file, ElementType.F16));
    assertTrue(e.getMessage().contains("'inc.double_conv.0.bias'"), e.getMessage());
    assertFalse(Files.exists(file));
    assertArrayEquals(new String[0], folder.toFile().list());
  }

  private void add(Reference.Parameter parameter) {
    add(parameter.name(), parameter.shape().stream().mapToLong(Long::longValue).toArray());
  }

  private void add(String name, long[] shape) {
    long size = 1;
    for (long s : shape) {
      size *= s;
    }
    FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(size));
    Reference.fill(name, shape, values);
    tensors.put(name, values);
    shapes.put(name, shape);
  }

  private void addUnreached() {
    Reference.parameters().stream().filter(p -> !p.reached()).forEach(this::add);
  }

  private void write() throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F32);
    tensors.forEach((name, values) -> writer.add(name, shapes.get(name), values));
    writer.write(file);
  }

  private WeightsException refusal() throws IOException {
    write();
    return assertThrows(WeightsException.class, () -> Weights.load(model, file));
  }

  private void assertLoaded() {
    float[] logits = FloatTensors.values(model.infer(Reference.image(64)));
    assertTrue(Reference.relativeError(Reference.logits(64), logits) <= 1e-5);
  }

  private float[] values(String name) {
    return FloatTensors.values(model.parameters().get(name));
  }
}
