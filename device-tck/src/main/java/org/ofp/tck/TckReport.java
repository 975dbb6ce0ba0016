// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ofp.device.DeviceDescription;

/**
 * What became of every rule on one device.
 *
 * @param device the device that was tested
 * @param outcomes of every rule, in the order of the specification
 * @param start when the run began
 * @param time how long it took
 */
public record TckReport(
    DeviceDescription device, List<RuleOutcome> outcomes, Instant start, Duration time) {
  public TckReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether the device broke no rule. */
  public boolean conforms() {
    return count(Verdict.FAILED) == 0;
  }

  /** Rules with this verdict. */
  public int count(Verdict verdict) {
    return (int) outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
  }

  /** The report for people. */
  public String text() {
    return TextReport.of(this);
  }

  /** Writes the report in the JUnit XML format that build servers read. */
  public void writeJUnitXml(Appendable out) throws IOException {
    JUnitXml.write(this, out);
  }
}
