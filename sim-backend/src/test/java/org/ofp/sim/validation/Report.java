// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.ofp.device.OptionSpec;
import org.ofp.optics.BenchOptions;

/**
 * Writes what was validated to {@code VALIDATION.md} when all tests have run and passed, {@link
 * ReportTest} among them, if the system property {@value #PROPERTY} names a folder (relative to the
 * repository's root).
 */
public final class Report implements TestExecutionListener {
  /** The folder to write to. */
  static final String PROPERTY = "ofp.validation.docs";

  /** What makes {@code docs/VALIDATION.md}. */
  static final String COMMAND = "mvn -B -Pfull verify -pl sim-backend -am -D" + PROPERTY + "=docs";

  /** Rows of one effect that are shown; the rest is summarised. */
  private static final int MAX_ROWS = 12;

  private static final String LAST = "[class:" + ReportTest.class.getName() + "]";

  private boolean failed;
  private boolean complete;

  /** Where the report goes, if one is wanted. */
  static Optional<Path> folder() {
    String folder = System.getProperty(PROPERTY, "");
    return folder.isEmpty() ? Optional.empty() : Optional.of(root().resolve(folder));
  }

  /** The repository's root: tests run in their module's folder. */
  static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    failed |= result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
    complete |= test.getUniqueId().endsWith(LAST); // it has looked for every effect
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (folder().isPresent() && complete && !failed) {
      try {
        Files.createDirectories(folder().get());
        Files.writeString(folder().get().resolve("VALIDATION.md"), markdown(Validation.all()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static String markdown(List<Validation> all) {
    Map<String, List<Validation>> effects = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Validation validation : all) {
      effects.computeIfAbsent(validation.effect(), e -> new ArrayList<>()).add(validation);
    }
    StringBuilder text = new StringBuilder();
    text.append("<!-- Generated: do not edit. -->\n");
    text.append("# Validation of the simulator\n\n");
    text.append("Made by\n\n```\n").append(COMMAND).append("\n```\n\n");
    text.append(
        """
        Every row compares the simulator, driven through the public device interface, with a value
        that is known from elsewhere. A tolerance follows from what limits the comparison, which
        its section names; random numbers have fixed seeds. Tests also run the wrong model (the
        effect switched off, its sign turned) and make sure that it would not pass.
        [PHYSICS.md](PHYSICS.md) has the model, its formulas and sources.

        """);
    text.append(plural(all.size(), "comparison"))
        .append(" of ")
        .append(plural(effects.size(), "effect"))
        .append("; none is beyond its tolerance. Of long lists the worst rows are shown; the last")
        .append(" column has the share of the tolerance that the deviation takes.\n\n");
    figures(text);
    effects.forEach((effect, rows) -> section(text, effect, rows));
    return text.toString();
  }

  private static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static void figures(StringBuilder text) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("airy", "Airy pattern of a circular aperture");
    figures.put("encircled-energy", "Encircled energy of the Airy pattern");
    figures.put("blazed-grating", "Orders of a blazed grating against its depth");
    figures.put("pixel-integration", "Crosstalk of detector pixels of full fill factor");
    figures.put("four-step-ghost", "Conjugate ghost against the reference's step error");
    figures.put("photon-transfer", "Photon-transfer curve");
    figures.put("accuracy-bits", "Accuracy against bits");
    text.append("## Figures\n\n");
    text.append("Lines are theory, points the simulator.\n\n");
    figures.forEach(
        (file, title) ->
            text.append("![")
                .append(title)
                .append("](validation/")
                .append(file)
                .append(".png)\n\n"));
    text.append("## Effects\n\n");
  }

  private static void section(StringBuilder text, String effect, List<Validation> rows) {
    text.append("### ").append(effect).append("\n\n");
    text.append(distinct("Formula", rows.stream().map(Validation::formula).distinct().toList()));
    text.append(distinct("Source", rows.stream().map(Validation::reference).distinct().toList()));
    text.append(
        distinct("Tolerance", rows.stream().map(Validation::origin).distinct().limit(3).toList()));
    text.append("\n| parameters | expected | measured | tolerance | share |\n");
    text.append("|---|---:|---:|---:|---:|\n");
    rows.stream()
        .sorted((a, b) -> rows.size() > MAX_ROWS ? Double.compare(used(b), used(a)) : 0)
        .limit(MAX_ROWS)
        .forEach(row -> row(text, row));
    if (rows.size() > MAX_ROWS) {
      text.append("\nThe worst ")
          .append(MAX_ROWS)
          .append(" of ")
          .append(rows.size())
          .append(" comparisons.\n");
    }
    text.append('\n');
  }

  private static String distinct(String label, List<String> values) {
    return label + ": " + escaped(String.join("; ", values)) + "  \n";
  }

  /** Share of the tolerance that the deviation takes. */
  private static double used(Validation row) {
    double deviation = Math.abs(row.measured() - row.expected());
    return deviation == 0 ? 0 : deviation / row.tolerance();
  }

  private static void row(StringBuilder text, Validation row) {
    text.append("| ")
        .append(escaped(row.parameters()))
        .append(" | ")
        .append(number(row.expected(), row.tolerance()))
        .append(" | ")
        .append(number(row.measured(), row.tolerance()))
        .append(" | ")
        .append(number(row.tolerance(), row.tolerance()))
        .append(" | ")
        .append(String.format(Locale.ROOT, "%.0f %%", 100 * used(row)))
        .append(" |\n");
  }

  /** To a hundredth of the tolerance, as far as it makes sense. */
  private static String number(double value, double tolerance) {
    if (value == 0) {
      return "0";
    }
    double magnitude = Math.floor(Math.log10(Math.abs(value)));
    double wanted = tolerance > 0 ? magnitude - Math.floor(Math.log10(tolerance)) + 2 : 6;
    int digits = (int) Math.max(2, Math.min(8, wanted));
    return magnitude >= -3 && magnitude < 6
        ? String.format(Locale.ROOT, "%." + (int) Math.max(0, digits - 1 - magnitude) + "f", value)
        : String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;");
  }

  /** All options of a bench as a Markdown table, for docs/PHYSICS.md. */
  static String optionTable() {
    StringBuilder text = new StringBuilder();
    text.append("| option | unit | range | default | meaning |\n|---|---|---|---|---|\n");
    for (OptionSpec spec : BenchOptions.specs()) {
      String unit = spec.unit().isEmpty() ? "" : " " + spec.unit();
      text.append("| `")
          .append(spec.name())
          .append("` | ")
          .append(spec.unit())
          .append(" | ")
          .append(escaped(unit.isEmpty() ? spec.range() : spec.range().replace(unit, "")))
          .append(" | ")
          .append(escaped(spec.defaultValue()))
          .append(" | ")
          .append(escaped(spec.meaning()))
          .append(" |\n");
    }
    return text.toString();
  }
}
