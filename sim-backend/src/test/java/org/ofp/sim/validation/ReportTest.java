// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The documents say what the code does. Comes last, so that where a report is wanted it looks at
 * the one that is about to be written.
 */
@Order(Integer.MAX_VALUE)
class ReportTest {
  private static final String OPTIONS = "<!-- options -->\n";
  private static final String END_OF_OPTIONS = "<!-- /options -->";

  private static final Path DOCS = Report.root().resolve("docs");

  private static String report() throws IOException {
    return Report.folder().isPresent()
        ? Report.markdown(Validation.all())
        : Files.readString(DOCS.resolve("VALIDATION.md"));
  }

  /** The rows of the validation table that the simulator was designed to, and the rest of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "scaled transform",
        "Parseval",
        "Gaussian waist",
        "Airy, dark ring",
        "Airy, FWHM",
        "Airy, encircled energy",
        "defocus Strehl",
        "random pixel phase",
        "blazed grating",
        "binary phase grating",
        "fill factor, absorbing gap",
        "fill factor, reflecting gap",
        "contrast",
        "flicker",
        "fringing",
        "pixel integration, coherent",
        "pixel integration, calibrated",
        "pixel integration of |E|²",
        "EMVA SNR",
        "photon transfer",
        "ADC: quantisation variance",
        "ADC: mean",
        "ADC: full-scale sine",
        "photons",
        "four-step noise (electrons)",
        "common step error δ",
        "visibility",
        "tilt",
        "input shift",
        "reference gain error",
        "reference phase error",
        "reference phase noise",
        "reference drift",
        "I/Q imbalance: image rejection",
        "relative intensity noise",
        "dark current",
        "PRNU",
        "DSNU",
        "full well",
        "Monte-Carlo noise",
        "time of a frame",
        "energy of a frame",
        "auto-exposure",
        "multi-exposure merge",
        "photonic preset",
        "accuracy against bits: double phase"
      })
  void anEffectIsValidated(String effect) throws IOException {
    assertTrue(
        report().contains("\n### " + effect),
        () -> "docs/VALIDATION.md has no '" + effect + "'; run " + Report.COMMAND);
  }

  @Test
  void theReportSaysHowItIsMade() throws IOException {
    String text = report();
    assertTrue(text.contains(Report.COMMAND));
    for (String figure : text.split("\\]\\(", -1)) {
      if (figure.startsWith("validation/")) {
        Path file = Report.folder().orElse(DOCS).resolve(figure.substring(0, figure.indexOf(')')));
        assertTrue(Files.size(file) <= 100_000, () -> file + " is larger than 100 kB");
      }
    }
  }

  @Test
  void aReportHasARowPerComparison() {
    Validation row =
        new Validation("an effect", "x = 1 | 2", "a*b", "a book", 0.25, 0.2501, 1e-3, "a reason");
    String text = Report.markdown(List.of(row));
    assertTrue(text.contains("### an effect\n"), text);
    assertTrue(text.contains("| x = 1 \\| 2 | 0.2500 | 0.2501 | 0.0010 | 10 % |"), text);
    assertTrue(text.contains("1 comparison of 1 effect;"), text);
  }

  /** Where a report is wanted the table is written anew, else it must be that of the code. */
  @Test
  void theOptionTableIsThatOfTheCode() throws IOException {
    Path file = DOCS.resolve("PHYSICS.md");
    String text = Files.readString(file);
    int from = text.indexOf(OPTIONS) + OPTIONS.length();
    int to = text.indexOf(END_OF_OPTIONS);
    assertTrue(from >= OPTIONS.length() && to >= from, "the markers of the table");
    if (Report.folder().isPresent()) {
      Files.writeString(
          Report.folder().get().resolve("PHYSICS.md"),
          text.substring(0, from) + Report.optionTable() + text.substring(to));
    } else {
      assertEquals(Report.optionTable(), text.substring(from, to), "run " + Report.COMMAND);
    }
  }
}
