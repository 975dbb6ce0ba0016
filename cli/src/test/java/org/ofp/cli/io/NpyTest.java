// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cli.OfpRun;

/** Arrays in and out, and every way in which a file can be none. */
class NpyTest {
  private static final String GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

  @TempDir private Path folder;

  @Test
  void realAndComplexArraysOfAnyRankSurvive() throws IOException {
    for (int[] shape : new int[][] {{}, {1}, {5}, {2, 3}, {0, 4}, {2, 1, 3, 2}}) {
      int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      assertSurvives(NpyArray.real(values(count), shape));
      assertSurvives(NpyArray.complex(values(2 * count), shape));
    }
  }

  @Test
  void arraysLongerThanOneChunkSurvive() throws IOException {
    assertSurvives(NpyArray.real(values(700_001), 700_001));
  }

  @Test
  void theHeaderIsWhatNumpyWrites() throws IOException {
    Path file = folder.resolve("x.npy");
    NpyWriter.write(file, NpyArray.real(new float[6], 2, 3));
    byte[] bytes = Files.readAllBytes(file);
    // np.save of NumPy 1.x and 2.x for np.zeros((2, 3), np.float32): 118 header bytes, 128 in all.
    byte[] expected = file(1, GOOD + " ".repeat(117 - GOOD.length()) + "\n", 24);
    assertArrayEquals(expected, bytes);
    NpyWriter.write(file, NpyArray.complex(new float[6], 3));
    assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).contains("'shape': (3,), }"));
    NpyWriter.write(file, NpyArray.real(new float[1]));
    assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).contains("'shape': (), }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD,
        "{\"shape\":(2,3),\"descr\":\"<f4\",\"fortran_order\":False}\n",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }          \n",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (3,), }\n",
      })
  void whatOtherWritersMakeIsRead(String header) throws IOException {
    assertEquals(6, NpyReader.read(write(file(1, header, 24))).values().length);
    assertEquals(6, NpyReader.read(write(file(2, header, 24))).values().length);
  }

  /** Values numbered as {@code np.arange(n).reshape(shape, order='F')} numbers them. */
  @Test
  void arraysInFortranOrderAreTransposed() throws IOException {
    assertArrayEquals(new float[] {0, 2, 4, 1, 3, 5}, fortran("<f4", "2, 3", 6));
    assertArrayEquals(new float[] {0, 1, 2, 3}, fortran("<f4", "4,", 4));
    assertArrayEquals(new float[] {0}, fortran("<f4", "", 1));
    assertArrayEquals(new float[0], fortran("<f4", "0, 4", 0));
    assertArrayEquals(
        new float[] {0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11}, fortran("<f4", "2, 3, 2", 12));
    assertArrayEquals(
        new float[] {0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11}, fortran("<c8", "2, 3", 12));
  }

  private float[] fortran(String type, String shape, int values) throws IOException {
    byte[] file =
        file(
            1,
            "{'descr': '" + type + "', 'fortran_order': True, 'shape': (" + shape + "), }\n",
            4 * values);
    ByteBuffer content = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values; i++) {
      content.putFloat(file.length - 4 * (values - i), i);
    }
    return NpyReader.read(write(file)).values();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), } ; '<f8' ; astype(np.float32)",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (6,), } ; '<i4' ; astype(np.float32)",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (24,), } ; '|u1' ; astype(np.float32)",
        "{'descr': '<c16', 'fortran_order': False, 'shape': (1,), } ; '<c16' ; astype(np.complex64)",
        "{'descr': '>f4', 'fortran_order': False, 'shape': (6,), } ; '>f4' ; astype('<f4')",
        "{'descr': '>c8', 'fortran_order': False, 'shape': (3,), } ; '>c8' ; astype('<c8')",
        "{'descr': '|O', 'fortran_order': False, 'shape': (6,), } ; pickled ; numeric",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), } ; structured ; field",
        "{'descr': '<f4', 'fortran_order': Truth, 'shape': (2, 3), } ; damaged ; np.save",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 4), } ; truncated ; [2, 4] needs 32",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), } ; truncated ; [2, 4] needs 32",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), } ; trailing ; needs 16 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), } ; -2 ; outside",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), } ; 65536 ; split",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 0), } ; shape ; split",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967302,), } ; 4294967302 ; outside",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } ; 999 ; outside",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6), } ; damaged ; np.save",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,, ), } ; damaged ; np.save",
        "{'descr': '<f4', 'fortran_order': Falsehood, 'shape': (6,), } ; damaged ; np.save",
        "{'descr': '<f4', 'fortran_order': False} ; no 'shape' ; header",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (6,)} ; repeated ; 'descr'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'x': 1} ; unknown ; 'x'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,)} import os ; damaged ; np.save",
        "{'descr ; damaged ; np.save",
        "nonsense ; damaged ; np.save",
      })
  void otherArraysAreRefusedWithTheRemedy(String header, String value, String remedy)
      throws IOException {
    assertRefused(write(file(1, header + "\n", 24)), value.strip(), remedy.strip());
  }

  @Test
  void tooManyDimensionsAreRefused() throws IOException {
    String shape = "1, ".repeat(33);
    String header = GOOD.replace("2, 3", shape);
    assertRefused(write(file(1, header, 4)), "more than 32 dimensions");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = file(1, GOOD + "\n", 24);
    for (int length = 0; length < whole.length; length++) {
      assertRefused(write(Arrays.copyOf(whole, length)), ".npy");
    }
  }

  @Test
  void aHeaderLengthBeyondTheFileIsRefused() throws IOException {
    byte[] claimed = file(2, GOOD, 24);
    ByteBuffer.wrap(claimed).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
    assertRefused(write(claimed), "claims 4294967295 bytes");
    ByteBuffer.wrap(claimed).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 9_999);
    assertRefused(write(claimed), "ends within the .npy header");
  }

  @Test
  void otherVersionsAreRefused() throws IOException {
    assertRefused(write(file(3, GOOD, 24)), "3.0");
    assertRefused(write(file(0, GOOD, 24)), "0.0");
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    assertRefused(folder.resolve("missing.npy"), "no such file");
    assertRefused(folder, "is a folder");
    assertRefused(write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)), "not a .npy file");
  }

  @Test
  void anArrayMustFillItsShape() {
    assertThrows(IllegalArgumentException.class, () -> NpyArray.real(new float[5], 2, 3));
    assertThrows(IllegalArgumentException.class, () -> NpyArray.complex(new float[6], 2, 3));
    assertThrows(IllegalArgumentException.class, () -> NpyArray.real(new float[6], -2, -3));
  }

  private void assertSurvives(NpyArray array) throws IOException {
    Path file = folder.resolve("array.npy");
    NpyWriter.write(file, array);
    NpyArray read = NpyReader.read(file);
    assertEquals(array.toString(), read.toString());
    assertArrayEquals(array.values(), read.values());
    assertEquals(0, (Files.size(file) - 4L * array.values().length) % 64);
  }

  private static void assertRefused(Path file, String... parts) {
    OfpRun run = OfpRun.doing(ofp -> NpyReader.read(file));
    run.assertFails(1, parts);
    assertTrue(run.err().contains(file.toString()), run.err());
    assertFalse(run.err().contains("internal error"), run.err());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("hostile.npy"), bytes);
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 1f / (i - 2.5f);
    }
    return values;
  }

  /** A file of the given version with the header as it is and zeros as values. */
  static byte[] file(int version, String header, int valueBytes) {
    byte[] literal = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file =
        ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + literal.length + valueBytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      file.putShort((short) literal.length);
    } else {
      file.putInt(literal.length);
    }
    return file.put(literal).array();
  }
}
