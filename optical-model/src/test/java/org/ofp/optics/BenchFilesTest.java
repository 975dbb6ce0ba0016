// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.ErrorCode;

/** Measured responses and wavefronts, which come from people's files. */
class BenchFilesTest {
  private static final String[] OPTIONS = {"slm.amplitude-lut", "slm.phase-lut", "slm.wavefront"};

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.write(folder.resolve("table.txt"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String option, String value, String... parts) {
    String[] all = Arrays.copyOf(parts, parts.length + 1);
    all[parts.length] = option;
    Benches.assertRefused(
        ErrorCode.INVALID_OPTION, () -> Benches.bench("ideal", option, value), all);
  }

  @Test
  void aResponseComesFromTheOptionOrAFile() throws IOException {
    Path file = file("# drive 0 to 1\n0 ; 0.2\n\n0.7,\t1  # full\n");
    for (String value : new String[] {"0,0.2,0.7,1", file.toString()}) {
      Response response =
          Benches.bench("ideal", "slm.amplitude-lut", value).slm().amplitudeResponse();
      assertEquals(0, response.apply(0));
      assertEquals(0.1, response.apply(1 / 6.0), 1e-15); // half way to the second entry
      assertEquals(0.2, response.apply(1 / 3.0), 1e-15);
      assertEquals(0.45, response.apply(0.5), 1e-15);
      assertEquals(1, response.apply(1));
    }
  }

  @Test
  void aWavefrontComesFromTermsOrAMap() throws IOException {
    // OSA/ANSI term 4 is √3(2ρ²−1), unit RMS (Thibos 2002).
    Wavefront terms = Benches.bench("ideal", "slm.wavefront", "4:0.5,0:1").slm().wavefront();
    assertEquals(1 - 0.5 * Math.sqrt(3), terms.phase(0, 0, 0.5, 0.5), 1e-12);
    assertEquals(1 + 0.5 * Math.sqrt(3), terms.phase(0.6, 0.8, 0.5, 0.5), 1e-12);
    Wavefront map =
        Benches.bench("ideal", "slm.wavefront", file("0 1 2\n4 5 6\n").toString())
            .slm()
            .wavefront();
    // Its numbers hold in the middle of their cells; linear between them, constant beyond.
    assertEquals(0, map.phase(0, 0, 0, 0));
    assertEquals(2, map.phase(0, 0, 1, 0));
    assertEquals(4, map.phase(0, 0, 0, 1));
    assertEquals(1, map.phase(0, 0, 0.5, 0.25), 1e-12);
    assertEquals(3.75, map.phase(0, 0, 0.75, 0.5), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"slm.amplitude-lut", "slm.phase-lut", "slm.wavefront"})
  void filesThatCannotBeReadAreNamed(String option) {
    for (String path : new String[] {"missing.txt", "", " ", "a\0b", "a\nb", "a\u0007b"}) {
      assertRefused(option, path);
    }
    assertRefused(option, folder.toString(), "file");
    assertRefused(option, folder.resolve("no/such/table.txt").toString(), "table.txt");
    assertRefused(option, "x".repeat(100_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 banana 1     | 'banana' is not a finite number
          0 0x1p-1 1     | '0x1p-1' is not a finite number
          0 NaN 1        | 'NaN' is not a finite number
          0 Infinity 1   | 'Infinity' is not a finite number
          0 1e999 1      | '1e999' is not a finite number
          0.5f 1         | '0.5f' is not a finite number
          # only remarks | it holds no numbers
          """)
  void whatIsNotANumberIsQuoted(String line, String reason) throws IOException {
    for (String option : OPTIONS) {
      assertRefused(option, file(line + "\n" + line + "\n").toString(), reason);
    }
  }

  @Test
  void raggedRowsAreNamed() throws IOException {
    Path ragged = file("0 0.5 1\n0 0.5 1\n\n# remark\n0 0.5\n");
    for (String option : OPTIONS) {
      assertRefused(option, ragged.toString(), "line 5 has 2 numbers, the first one 3");
    }
  }

  @Test
  void responsesLieBetweenNoughtAndOne() throws IOException {
    assertRefused("slm.amplitude-lut", "0,1.5", "1.5", "between 0 and 1");
    assertRefused("slm.phase-lut", "-0.1,1", "-0.1", "between 0 and 1");
    assertRefused("slm.phase-lut", "0.5", "at least two");
    assertRefused("slm.amplitude-lut", "0,,", "not a finite number");
    assertRefused("slm.amplitude-lut", "e", "not a finite number");
  }

  @Test
  void mapsHaveTwoRowsAndColumns() throws IOException {
    assertRefused("slm.wavefront", file("1 2 3\n").toString(), "two rows and two columns");
    assertRefused("slm.wavefront", file("1\n2\n").toString(), "two rows and two columns");
  }

  @Test
  void zernikeTermsAreChecked() {
    assertRefused("slm.wavefront", "4:", "has no number");
    assertRefused("slm.wavefront", "99:1", "from 0 to");
    assertRefused("slm.wavefront", "4:1e", "has no number");
    assertRefused("slm.wavefront", "4:--1", "has no number");
    assertRefused("slm.wavefront", "4:1e99", "-1e6 to 1e6");
    assertRefused("slm.wavefront", "4:1,", "is no INDEX:RMS");
    assertRefused("slm.wavefront", "-4:1", "is no INDEX:RMS");
  }

  @Test
  void overlongListsAreRefusedOrRead() {
    // A profile may hold a megabyte in one option.
    assertRefused("slm.wavefront", "99:1" + ",99:1".repeat(100_000), "from 0 to");
    assertRefused("slm.wavefront", "1:x" + ",1:1".repeat(100_000));
    assertRefused("slm.amplitude-lut", "0" + ",9".repeat(200_000), "between 0 and 1");
    Benches.bench("ideal", "slm.amplitude-lut", "0" + ",1".repeat(200_000));
  }

  @Test
  void hugeFilesAreRefused() throws IOException {
    Path file = folder.resolve("huge.txt");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40); // takes no room on the disk
    }
    for (String option : OPTIONS) {
      assertRefused(option, file.toString(), "bytes");
    }
  }

  @Test
  void largeFilesOfManyNumbersAreReadOrRefused() throws IOException {
    // In the full tier 40 MB: as an object of its own each number would take more than the JVM has.
    int blocks = Statistics.count(200, 2000);
    Path file = folder.resolve("large.txt");
    byte[] line = "1 1 1 1 1 1 1 1 1 1\n".getBytes(StandardCharsets.UTF_8);
    byte[] block = new byte[line.length * 1000];
    for (int i = 0; i < 1000; i++) {
      System.arraycopy(line, 0, block, i * line.length, line.length);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < blocks; i++) {
        out.write(block);
      }
      out.write("1\n".getBytes(StandardCharsets.UTF_8));
    }
    assertRefused("slm.wavefront", file.toString());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void endlessFilesAreRefused() {
    for (String option : OPTIONS) {
      assertRefused(option, "/dev/zero", "bytes");
    }
  }
}
