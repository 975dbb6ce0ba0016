// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever happens to a file, reading it gives finite numbers or a {@link WeightsException}. */
class SafetensorsMutationTest {
  private static Path folder;
  private static byte[] valid;

  /** Replaces {@code removed} bytes at {@code at} by {@code inserted}, a byte per character. */
  record Edit(int at, int removed, String inserted) {
    byte[] apply(byte[] bytes) {
      int start = Math.floorMod(at, bytes.length + 1);
      int end = Math.min(bytes.length, start + removed);
      ByteArrayOutputStream edited = new ByteArrayOutputStream();
      edited.write(bytes, 0, start);
      edited.writeBytes(inserted.getBytes(StandardCharsets.ISO_8859_1));
      edited.write(bytes, end, bytes.length - end);
      return edited.toByteArray();
    }
  }

  @BeforeContainer
  static void writeValidFile() throws IOException {
    folder = Files.createTempDirectory("safetensors");
    Path file = folder.resolve("valid");
    new SafetensorsWriter(ElementType.F32)
        .metadata("format", "pt")
        .add("a.weight", new long[] {2, 3}, FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6}))
        .add("a.bias", new long[] {2}, FloatBuffer.wrap(new float[] {7, 8}))
        .write(file);
    valid = Files.readAllBytes(file);
    assertTrue(accepts(valid), "the unchanged file");
  }

  @AfterContainer
  static void clean() throws IOException {
    Files.delete(folder.resolve("valid"));
    Files.deleteIfExists(folder.resolve("edited"));
    Files.delete(folder);
  }

  @Property(tries = 2000)
  void anyEditIsReadOrRefused(@ForAll("edits") List<Edit> edits) {
    byte[] bytes = valid;
    for (Edit edit : edits) {
      bytes = edit.apply(bytes);
    }
    accepts(bytes);
  }

  @Property(tries = 200)
  void anyTruncationIsRefused(@ForAll("lengths") int length) {
    assertFalse(accepts(Arrays.copyOf(valid, length)));
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(0, valid.length - 1);
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<Integer> positions = Arbitraries.integers().between(0, valid.length);
    Arbitrary<Integer> removals = Arbitraries.integers().between(0, 8);
    Arbitrary<String> bytes = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(8);
    Arbitrary<String> json =
        Arbitraries.strings().withChars("{}[]\":,-0123456789eF\\u ").ofMaxLength(8);
    return Combinators.combine(positions, removals, Arbitraries.oneOf(bytes, json))
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  /**
   * Whether the file is read in full; any exception but WeightsException fails the test, and so
   * does another verdict on the same bytes in memory.
   */
  private static boolean accepts(byte[] bytes) {
    boolean accepted =
        accepts(() -> SafetensorsFile.open(Files.write(folder.resolve("edited"), bytes)));
    assertEquals(accepted, accepts(() -> SafetensorsFile.of("memory", ByteBuffer.wrap(bytes))));
    return accepted;
  }

  private static boolean accepts(Opening opening) {
    try (SafetensorsFile weights = opening.open()) {
      for (TensorInfo tensor : weights.tensors().values()) {
        FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(tensor.elements()));
        weights.read(tensor.name(), values);
        for (float value : values.array()) {
          assertTrue(Float.isFinite(value));
        }
      }
      return true;
    } catch (WeightsException e) {
      assertFalse(e.getMessage().isBlank());
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Opening {
    SafetensorsFile open() throws IOException;
  }
}
