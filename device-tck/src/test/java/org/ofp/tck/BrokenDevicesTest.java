// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite finds every defect, names its rule, and blames no rule that the device keeps. */
class BrokenDevicesTest {
  static List<BrokenDevice> all() {
    return BrokenDevices.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theDefectIsFound(BrokenDevice broken) {
    TckReport report = Tck.run(broken.source(), TckListener.NONE);
    Set<String> failed =
        report.outcomes().stream()
            .filter(outcome -> outcome.verdict() == Verdict.FAILED)
            .map(outcome -> outcome.rule().id())
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(failed.contains(broken.breaks()), () -> "found only " + failed);
    Set<String> surplus = new TreeSet<>(failed);
    surplus.remove(broken.breaks());
    surplus.removeAll(broken.consequences());
    assertTrue(
        surplus.isEmpty(),
        () -> surplus + " are not listed; all failed: " + failed + "\n" + report.text());
  }
}
