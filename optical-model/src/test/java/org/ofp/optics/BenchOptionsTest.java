// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/** The options as data: their defaults, their ranges, and that none is ignored. */
class BenchOptionsTest {
  /** Values for which half the range will not do. */
  private static final Map<String, String> VALUES =
      Map.of(
          "sensor.exposure", "2e-3",
          "sensor.max-exposure", "5",
          "sensor.min-exposure", "1e-6",
          "sensor.black-level", "3",
          "slm.amplitude-lut", "0,0.3,1",
          "slm.phase-lut", "0,0.3,1",
          "slm.wavefront", "4:0.5",
          "beam.shift-x", "1e-3",
          "beam.shift-y", "1e-3");

  private static Stream<OptionSpec> specs() {
    return BenchOptions.specs().stream();
  }

  @Test
  void namesAreUniqueAndMeaningsAreOneLine() {
    Set<String> names = new HashSet<>();
    specs()
        .forEach(
            spec -> {
              assertTrue(names.add(spec.name()), spec.name());
              assertTrue(spec.name().matches("[a-z0-9]+([.-][a-z0-9]+)*"), spec.name());
              assertFalse(spec.meaning().isBlank() || spec.meaning().contains("\n"), spec.name());
            });
  }

  @ParameterizedTest
  @MethodSource("specs")
  void anOptionTakesItsDefaultAndItsWholeRange(OptionSpec spec) {
    spec.requireValid(spec.defaultValue());
    if (spec.type() == OptionSpec.Type.NUMBER) {
      spec.requireValid(Double.toString(spec.min()));
      spec.requireValid(Double.toString(spec.max()));
      assertInvalid(spec, Double.toString(spec.max() * 1.01));
      assertInvalid(spec, Double.toString(spec.min() - 0.01 * Math.abs(spec.max())));
    }
    if (spec.type() != OptionSpec.Type.TEXT) {
      for (String wrong : List.of("", "banana", "1 m", "NaN", "0x1", "1e9999", "on off")) {
        assertInvalid(spec, wrong);
      }
    }
    if (spec.offAllowed()) {
      spec.requireValid("off");
    } else {
      assertInvalid(spec, "off");
    }
  }

  private static void assertInvalid(OptionSpec spec, String value) {
    Benches.assertRefused(
        ErrorCode.INVALID_OPTION, () -> spec.requireValid(value), spec.name(), spec.range());
  }

  /** An option that is checked but then forgotten would be a lie in every profile that sets it. */
  @ParameterizedTest
  @MethodSource("specs")
  void anOptionChangesTheBench(OptionSpec spec) {
    String[] company = company(spec);
    String[] with = Arrays.copyOf(company, company.length + 2);
    with[company.length] = spec.name();
    with[company.length + 1] = otherValue(spec);
    assertNotEquals(
        fingerprint(Benches.bench("ideal", company)),
        fingerprint(Benches.bench("ideal", with)),
        spec.name() + " = " + with[company.length + 1]);
    assertEquals(
        fingerprint(Benches.bench("ideal", with)), fingerprint(Benches.bench("ideal", with)));
  }

  /** What an option needs beside it to matter: name, value, name, value… */
  private static String[] company(OptionSpec spec) {
    return switch (spec.name()) {
      case "slm.modulation", "sensor.black-level" -> new String[] {"readout", "intensity"};
      case "slm.encoding" -> new String[] {"slm.modulation", "phase-only", "readout", "intensity"};
      case "slm.iq-bits" -> new String[] {"slm.drive", "iq"};
      case "slm.gap-reflectivity" -> new String[] {"slm.fill-factor", "0.5"};
      case "beam.shift-x", "beam.shift-y" -> new String[] {"beam.waist", "1e-2"};
      case "sensor.temperature", "sensor.dark-temperature" ->
          new String[] {"sensor.dark-current", "1"};
      case "sensor.dark-doubling" ->
          new String[] {"sensor.dark-current", "1", "sensor.temperature", "300"};
      case "reference.step-error" -> new String[] {"readout", "four-step"};
      default -> new String[0];
    };
  }

  private static String otherValue(OptionSpec spec) {
    if (VALUES.containsKey(spec.name())) {
      return VALUES.get(spec.name());
    }
    return switch (spec.type()) {
      case NUMBER -> Double.toString(spec.min() + (spec.max() - spec.min()) / 3);
      case INTEGER -> spec.max() > 1000 ? "77" : Long.toString((long) spec.max());
      case CHOICE ->
          Stream.concat(spec.choices().stream(), Stream.of("off"))
              .filter(choice -> !choice.equals(spec.defaultValue()))
              .findFirst()
              .orElseThrow();
      case TEXT -> throw new AssertionError("give " + spec.name() + " a value in this test");
    };
  }

  /** All numbers of a bench as text; wavefronts and responses, which have no equals, by samples. */
  private static String fingerprint(Object value) {
    if (value instanceof Wavefront wavefront) {
      return "" + wavefront.phase(0.3, -0.4, 0.2, 0.9) + wavefront.phase(-0.7, 0.1, 0.6, 0.1);
    } else if (value instanceof Response response) {
      return "" + response.apply(0.3) + response.apply(0.8);
    } else if (!(value instanceof Record)) {
      return String.valueOf(value);
    }
    StringBuilder text = new StringBuilder();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        text.append(component.getName())
            .append('=')
            .append(fingerprint(component.getAccessor().invoke(value)))
            .append(' ');
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(component.getName(), e);
      }
    }
    return text.toString();
  }

  @Test
  void theDefaultsAreTheIdealBench() {
    assertEquals(
        fingerprint(BenchParameters.of(new Options(BenchOptions.specs(), Map.of()))),
        fingerprint(Benches.bench("ideal")));
  }

  @Test
  void theExtremesOfASingleOptionGiveABenchOrAReason() {
    for (String profile : BenchProfile.presets()) {
      for (OptionSpec spec : BenchOptions.specs()) {
        if (spec.type() != OptionSpec.Type.NUMBER && spec.type() != OptionSpec.Type.INTEGER) {
          continue;
        }
        for (double value : new double[] {spec.min(), spec.max()}) {
          String text =
              spec.type() == OptionSpec.Type.INTEGER
                  ? Long.toString((long) value)
                  : Double.toString(value);
          try {
            Benches.bench(profile, spec.name(), text).calibration();
          } catch (DeviceException e) {
            assertEquals(ErrorCode.INVALID_OPTION, e.code(), spec.name() + " = " + text);
            assertEquals(1, e.getMessage().lines().count(), e.getMessage());
          }
        }
      }
    }
  }

  @Test
  void unknownOptionsGetASuggestion() {
    DeviceException e =
        assertThrows(DeviceException.class, () -> Benches.bench("ideal", "lens.defocs", "1e-3"));
    assertEquals(ErrorCode.UNKNOWN_OPTION, e.code());
    assertTrue(e.getMessage().contains("did you mean 'lens.defocus'?"), e.getMessage());
  }
}
