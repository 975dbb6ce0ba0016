// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static final OptionSpec POWER =
      OptionSpec.number("source.power", "W", 1e-15, 1e3, "1e-3", "power");
  private static final OptionSpec BITS =
      OptionSpec.integer("adc.bits", 2, 24, "off", "bits").orOff();
  private static final OptionSpec SEED =
      OptionSpec.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, "1", "seed");
  private static final OptionSpec READOUT =
      OptionSpec.choice("readout", List.of("coherent", "four-step"), "coherent", "readout");
  private static final OptionSpec NOTE = OptionSpec.text("note", "", "a note");
  private static final List<OptionSpec> SPECS = List.of(SEED, POWER, BITS, READOUT, NOTE);

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.", ".5", "+0.25", "1e-15", "1E3", "1000", "1e+2", "00012.50"})
  void takesDecimalNumbers(String text) {
    assertEquals(
        Double.parseDouble(text),
        new Options(SPECS, Map.of("source.power", text)).number("source.power"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "0x1p3",
        "1d",
        "1f",
        "1e",
        "e3",
        ".",
        "",
        " 1",
        "1 ",
        "1,5",
        "1_000",
        "--1",
        "1e9999",
        "1e999",
        "1000.1",
        "0",
        "-1",
        "9.9e-16",
        "off",
        "١",
        "1\n"
      })
  void rejectsOtherNumbersNamingOptionValueAndRange(String text) {
    assertFails(
        ErrorCode.INVALID_OPTION,
        () -> new Options(SPECS, Map.of("source.power", text)),
        "source.power",
        "'" + text.replace('\n', '\ufffd') + "'",
        "1e-15 to 1000 W");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "25", "2.0", "1e1", "ten", "", "0x8", "-3", "99999999999999999999", "OFF"})
  void rejectsOtherWholeNumbers(String text) {
    assertFails(
        ErrorCode.INVALID_OPTION,
        () -> new Options(SPECS, Map.of("adc.bits", text)),
        "adc.bits",
        "'" + text + "'",
        "whole numbers from 2 to 24, or off");
  }

  @Test
  void takesEveryLongAndNothingBeyond() {
    assertEquals(Long.MAX_VALUE, seed("9223372036854775807"));
    assertEquals(Long.MIN_VALUE, seed("-9223372036854775808"));
    assertEquals(7, seed("+7"));
    // 2^63 rounds to the range's end as a double.
    for (String beyond : List.of("9223372036854775808", "-9223372036854775809")) {
      assertFails(
          ErrorCode.INVALID_OPTION,
          () -> seed(beyond),
          "seed",
          beyond,
          "-9223372036854775808 to 9223372036854775807");
    }
  }

  private static long seed(String text) {
    return new Options(SPECS, Map.of("seed", text)).longInteger("seed");
  }

  @Test
  void choicesAreListed() {
    assertFails(
        ErrorCode.INVALID_OPTION,
        () -> new Options(SPECS, Map.of("readout", "Coherent")),
        "readout",
        "'Coherent'",
        "coherent, four-step");
  }

  @Test
  void offIsTakenWhereItMeansSomething() {
    Options options = new Options(SPECS, Map.of("adc.bits", "off", "note", "off"));
    assertTrue(options.isOff("adc.bits"));
    assertEquals(-1, options.integerOr("adc.bits", -1));
    assertFalse(options.isOff("note"), "a text that happens to read off");
    assertEquals(12, new Options(SPECS, Map.of("adc.bits", "12")).integerOr("adc.bits", -1));
  }

  @Test
  void unknownOptionsGetASuggestion() {
    assertFails(
        ErrorCode.UNKNOWN_OPTION,
        () -> new Options(SPECS, Map.of("adc.bit", "8")),
        "'adc.bit'",
        "did you mean 'adc.bits'?");
    DeviceException far =
        assertThrows(
            DeviceException.class, () -> new Options(SPECS, Map.of("completely-other", "8")));
    assertFalse(far.getMessage().contains("did you mean"), far.getMessage());
  }

  @Test
  void anOptionThatTheDriverLacksIsADefect() {
    Options options = new Options(SPECS, Map.of());
    assertFails(ErrorCode.INTERNAL, () -> options.text("nothing"), "'nothing'");
    assertFails(ErrorCode.INTERNAL, () -> options.isOff("nothing"), "'nothing'");
  }

  @Test
  void keepsTheDriversOrderAndFillsInDefaults() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("readout", "four-step");
    given.put("seed", "3");
    Options options = new Options(SPECS, given);
    List<String> order = List.of("seed", "source.power", "adc.bits", "readout", "note");
    assertEquals(order, List.copyOf(options.asMap().keySet()));
    assertEquals(order, options.specs().stream().map(OptionSpec::name).toList());
    assertEquals("four-step", options.specs().get(3).defaultValue());
    assertEquals("1e-3", options.text("source.power"));
    assertThrows(
        UnsupportedOperationException.class, () -> options.asMap().put("seed", "4"), "immutable");
  }

  @ParameterizedTest
  @CsvSource({
    "1e-10, 1e10, 1e-10 to 1e+10",
    "1e-20, 1e100, 1e-20 to 1e+100",
    "0.5, 1.25, 0.5 to 1.25",
    "-3, 65535, -3 to 65535",
    "0.001, 1234567, 0.001 to 1.235e+06",
    "100.5, 1000000, 100.5 to 1e+06"
  })
  void writesRangesWithoutLosingDigits(double min, double max, String expected) {
    assertEquals(expected, OptionSpec.number("x", "", min, max, "1", "").range());
  }

  @Property
  void textIsNeverInterpreted(@ForAll String value) {
    assertEquals(value, new Options(SPECS, Map.of("note", value)).text("note"));
  }

  @Property
  void anyTextIsANumberOrADeviceException(@ForAll String value) {
    for (OptionSpec spec : SPECS) {
      try {
        Options options = new Options(SPECS, Map.of(spec.name(), value));
        if (spec.type() == OptionSpec.Type.NUMBER && !options.isOff(spec.name())) {
          assertTrue(Double.isFinite(options.number(spec.name())));
        }
      } catch (DeviceException e) {
        assertEquals(ErrorCode.INVALID_OPTION, e.code());
      }
    }
  }

  @Test
  void nearestNameCountsEdits() {
    List<String> names = List.of("wavelength", "source.power", "seed");
    assertSuggests("did you mean 'wavelength'?", NearestName.suggestion("wavelenght", names));
    assertSuggests("did you mean 'seed'?", NearestName.suggestion("sead", names));
    assertSuggests("did you mean 'source.power'?", NearestName.suggestion("sourcepower", names));
    assertEquals("", NearestName.suggestion("gravity", names));
    assertEquals("", NearestName.suggestion("anything", List.of()));
    assertEquals("", NearestName.suggestion("x".repeat(100_000), names));
  }

  private static void assertSuggests(String expected, String clause) {
    assertTrue(clause.contains(expected), clause);
  }

  @Property
  void nearestNameFindsANameWithOneEdit(@ForAll int at, @ForAll char letter) {
    String name = "reference.amplitude";
    int i = Math.floorMod(at, name.length());
    for (String edited :
        List.of(
            name.substring(0, i) + letter + name.substring(i),
            name.substring(0, i) + letter + name.substring(i + 1),
            name.substring(0, i) + name.substring(i + 1))) {
      assertSuggests(
          "did you mean 'reference.amplitude'?",
          NearestName.suggestion(edited, List.of("rows", "readout", name, "reference.phase")));
    }
  }
}
