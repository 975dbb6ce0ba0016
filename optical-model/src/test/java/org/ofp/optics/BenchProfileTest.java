// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.Options;

class BenchProfileTest {
  private static final String HEAD = "format: ofp-bench/1\n";

  @TempDir Path folder;

  private BenchProfile profile(String text) throws IOException {
    return profile(text.getBytes(StandardCharsets.UTF_8));
  }

  private BenchProfile profile(byte[] bytes) throws IOException {
    Path file = folder.resolve("bench.yaml");
    Files.write(file, bytes);
    return BenchProfile.of("file=" + file);
  }

  private static Options options(BenchProfile profile) {
    return new Options(profile.options(), Map.of());
  }

  private void assertRejected(ErrorCode code, String text, String... parts) {
    Benches.assertRefused(code, () -> profile(text), parts);
  }

  @Test
  void presetsLoad() {
    assertEquals(
        List.of("ideal", "demonstrator", "photonic", "lcos-phase"), BenchProfile.presets());
    for (String preset : BenchProfile.presets()) {
      BenchProfile profile = BenchProfile.of(preset);
      assertEquals(preset, profile.name());
      BenchParameters.of(options(profile));
    }
  }

  @Test
  void anUnknownPresetGetsASuggestion() {
    Benches.assertRefused(
        ErrorCode.INVALID_PROFILE,
        () -> BenchProfile.of("demonstartor"),
        "'demonstartor'",
        "did you mean 'demonstrator'?",
        "file=");
    Benches.assertRefused(ErrorCode.INVALID_PROFILE, () -> BenchProfile.of(""), "ideal");
    Benches.assertRefused(ErrorCode.INVALID_PROFILE, () -> BenchProfile.of("../optics/ideal"));
  }

  @Test
  void aCopiedPresetIsTheSameBench() throws IOException {
    BenchProfile copy = profile(demonstrator());
    assertEquals("demonstrator", copy.name());
    assertEquals(BenchProfile.of("demonstrator").options(), copy.options());
  }

  private static byte[] demonstrator() throws IOException {
    try (InputStream in = BenchProfile.class.getResourceAsStream("demonstrator.yaml")) {
      return in.readAllBytes();
    }
  }

  @Test
  void nestedAndDottedKeysAreTheSame() throws IOException {
    Options nested = options(profile(HEAD + "slm:\n  amplitude-bits: 5\n"));
    Options dotted = options(profile(HEAD + "slm.amplitude-bits: 5\n"));
    assertEquals("5", nested.text("slm.amplitude-bits"));
    assertEquals(nested.asMap(), dotted.asMap());
    assertRejected(
        ErrorCode.INVALID_PROFILE,
        HEAD + "slm.amplitude-bits: 5\nslm:\n  amplitude-bits: 5\n",
        "'slm.amplitude-bits'",
        "twice");
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "rows: 5\nrows: 5\n", "rows");
  }

  @Test
  void scalarsAreText() throws IOException {
    // off, on, no and y are booleans to YAML 1.1; 1_000 and 0x10 are numbers, 1:30 is 90.
    Options options =
        options(profile(HEAD + "sensor:\n  shot-noise: on\nadc:\n  bits: off\nname: no\n"));
    assertEquals("on", options.text("sensor.shot-noise"));
    assertTrue(options.isOff("adc.bits"));
    assertEquals("no", profile(HEAD + "name: no\n").name());
    for (String number :
        List.of("1_000", "0x10", "1:30", "true", ".inf", ".nan", "~", "", "null")) {
      assertRejected(ErrorCode.INVALID_OPTION, HEAD + "rows: " + number + "\n", "rows");
    }
    assertEquals("0512", options(profile(HEAD + "rows: 0512\n")).text("rows"));
    assertEquals(512, options(profile(HEAD + "rows: 0512\n")).integer("rows"), "not octal");
    assertEquals("16", options(profile(HEAD + "rows: '16'\n")).text("rows"));
  }

  @Test
  void unknownKeysGetASuggestion() {
    assertRejected(
        ErrorCode.UNKNOWN_OPTION,
        HEAD + "sensor:\n  read-nois: 3\n",
        "bench.yaml",
        "'sensor.read-nois'",
        "did you mean 'sensor.read-noise'?");
  }

  @Test
  void valuesOutOfRangeNameTheFileAndTheRange() {
    assertRejected(
        ErrorCode.INVALID_OPTION, HEAD + "adc:\n  bits: 99\n", "bench.yaml", "'99'", "2 to 24");
  }

  @Test
  void valuesOfTheWrongTypeOrUnitAreRefused() {
    assertRejected(
        ErrorCode.INVALID_OPTION, HEAD + "wavelength: green\n", "wavelength", "'green'", " m");
    assertRejected(ErrorCode.INVALID_OPTION, HEAD + "wavelength: 633\n", "wavelength", " m");
    assertRejected(ErrorCode.INVALID_OPTION, HEAD + "wavelength: 633 nm\n", "'633 nm'");
    assertRejected(ErrorCode.INVALID_OPTION, HEAD + "rows: 12.5\n", "whole numbers");
    assertRejected(ErrorCode.INVALID_OPTION, HEAD + "readout: holographic\n", "four-step");
    assertRejected(ErrorCode.INVALID_OPTION, HEAD + "sensor.gain: off\n", "sensor.gain");
  }

  @Test
  void contradictionsInAProfileAreRefused() throws IOException {
    BenchProfile profile = profile(HEAD + "readout: coherent\nslm:\n  modulation: phase-only\n");
    Benches.assertRefused(
        ErrorCode.INVALID_OPTION,
        () -> BenchParameters.of(options(profile)),
        "phase-only",
        "double-phase");
  }

  @Test
  void severalDocumentsAreRefused() {
    assertRejected(
        ErrorCode.INVALID_PROFILE, HEAD + "rows: 5\n---\ncols: 5\n", "several documents");
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "---\n" + HEAD, "several documents");
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "...\n---\njust text\n");
    assertRejected(ErrorCode.INVALID_PROFILE, "---\n---\n" + HEAD);
  }

  @Test
  void listsAndBareValuesAreErrors() {
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "slm:\n  - 1\n  - 2\n", "'slm'", "list");
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "rows: [1, 2]\n", "'rows'", "list");
    assertRejected(ErrorCode.INVALID_PROFILE, "[]", "list");
    assertRejected(ErrorCode.INVALID_PROFILE, "just text", "key: value");
    assertRejected(ErrorCode.INVALID_PROFILE, "", "format: ofp-bench/1");
    assertRejected(ErrorCode.INVALID_PROFILE, "# only a comment\n", "format: ofp-bench/1");
  }

  @Test
  void theFormatIsChecked() {
    assertRejected(ErrorCode.INVALID_PROFILE, "rows: 5\n", "format: ofp-bench/1");
    assertRejected(
        ErrorCode.INVALID_PROFILE, "format: ofp-bench/2\nrows: 5\n", "'ofp-bench/2'", "unknown");
  }

  @Test
  void brokenYamlNamesTheLine() {
    assertRejected(
        ErrorCode.INVALID_PROFILE, HEAD + "rows: 5\ncols: 'x\n", "not valid YAML", "line");
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "rows: {", "not valid YAML");
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "rows: \u0007\n", "bench.yaml");
    Benches.assertRefused(
        ErrorCode.INVALID_PROFILE,
        () -> profile(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc3, 0x28}),
        "bench.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a: ", "[", "a:\n ", "- ", "? ", "!!map {a: ", "&x {a: "})
  void deepNestingIsRefused(String opening) {
    // 10 MB by its size, and just below the size limit by its depth.
    String unit = opening;
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + unit.repeat(10_000_000 / unit.length()));
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + unit.repeat(1_000_000 / unit.length()));
    assertRejected(ErrorCode.INVALID_PROFILE, unit.repeat(1_000_000 / unit.length()));
  }

  @Test
  void sensibleNestingIsNot() throws IOException {
    profile(HEAD + "slm: {phase-bits: 3}\n");
    assertRejected(ErrorCode.UNKNOWN_OPTION, HEAD + "a: {b: {c: {d: 3}}}\n", "'a.b.c.d'");
  }

  @Test
  void hugeFilesAreRefused() {
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "#".repeat(1 << 20), "1048576", "bytes");
    assertRejected(
        ErrorCode.INVALID_PROFILE, HEAD + "name: " + "x".repeat(2_000_000) + "\n", "1048576");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void endlessFilesAreRefused() {
    // Their size reads as 0.
    Benches.assertRefused(
        ErrorCode.INVALID_PROFILE, () -> BenchProfile.of("file=/dev/zero"), "bytes");
  }

  @Test
  void filesThatCannotBeReadSaySo() {
    Path missing = folder.resolve("missing.yaml");
    Benches.assertRefused(
        ErrorCode.INVALID_PROFILE,
        () -> BenchProfile.of("file=" + missing),
        missing.toString(),
        "does not exist");
    Benches.assertRefused(
        ErrorCode.INVALID_PROFILE, () -> BenchProfile.of("file=" + folder), "cannot be read");
    Benches.assertRefused(
        ErrorCode.INVALID_PROFILE, () -> BenchProfile.of("file=a\0b"), "cannot be read");
    Benches.assertRefused(ErrorCode.INVALID_PROFILE, () -> BenchProfile.of("file="));
  }

  @Test
  void aliasesDoNotMultiply() {
    assertRejected(ErrorCode.INVALID_OPTION, HEAD + "name: &x 5\nrows: *x\n", "rows");
  }

  @Test
  void messagesStayOnOneLine() {
    assertRejected(ErrorCode.INVALID_PROFILE, "format: \"a\\nb\"\n");
    assertRejected(ErrorCode.UNKNOWN_OPTION, HEAD + "\"a\\n\\e[31mb\": 5\n");
    assertRejected(
        ErrorCode.INVALID_PROFILE, HEAD + "\"a\\nb\": 5\na:\n  \"b\": 3\n\"a\\nb\": 5\n");
    assertRejected(ErrorCode.INVALID_PROFILE, HEAD + "\"a\\nb\": [5]\n");
    Benches.assertRefused(ErrorCode.INVALID_PROFILE, () -> BenchProfile.of("a\nb"));
    Benches.assertRefused(ErrorCode.INVALID_PROFILE, () -> BenchProfile.of("file=a\nb"));
  }

  @Test
  void mutationsGiveABenchOrADeviceException() throws IOException {
    long seed = 5;
    Random random = new Random(seed);
    byte[] good = demonstrator();
    byte[] spice =
        ":\n #-[]{}'\"&*!|>%@`,?\\\t\r0123456789.eEoffxy~\0".getBytes(StandardCharsets.UTF_8);
    int accepted = 0;
    int runs = Statistics.count(3000, 30_000);
    for (int run = 0; run < runs; run++) {
      byte[] bytes = good.clone();
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] = spice[random.nextInt(spice.length)];
          case 2 -> { // a piece elsewhere
            int n = Math.min(random.nextInt(40), bytes.length - at);
            System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - n + 1), n);
          }
          default -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at)); // cut off
        }
      }
      String label = "seed " + seed + " run " + run;
      try {
        BenchProfile profile = profile(bytes);
        BenchParameters.of(options(profile)).calibration();
        accepted++;
      } catch (DeviceException e) {
        assertFalse(e.getMessage().isBlank(), label);
        assertEquals(1, e.getMessage().lines().count(), label + ": " + e.getMessage());
        assertTrue(
            List.of(ErrorCode.INVALID_PROFILE, ErrorCode.INVALID_OPTION, ErrorCode.UNKNOWN_OPTION)
                .contains(e.code()),
            label + ": " + e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(label + ": " + e, e);
      }
    }
    System.out.println(accepted + " of " + runs + " mutations still are benches, seed " + seed);
    assertTrue(accepted > runs / 20 && accepted < runs * 3 / 4, "accepted " + accepted);
  }
}
