// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ReadoutMode;
import org.ofp.tck.ReferenceDevice.Kind;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TckReportTest {
  private static final BrokenDevice BROKEN = BrokenDevices.all().get(0);

  private static RuleOutcome outcome(TckReport report, String id) {
    return report.outcomes().stream().filter(o -> o.rule().id().equals(id)).findAny().orElseThrow();
  }

  @Test
  void everyRuleHasAnOutcomeInTheOrderOfTheSpecification() {
    TckReport report = Tck.run(BROKEN.source(), TckListener.NONE);
    assertEquals(Spec.rules(), report.outcomes().stream().map(RuleOutcome::rule).toList());
    assertFalse(report.conforms());
    for (RuleOutcome outcome : report.outcomes()) {
      assertEquals(
          outcome.verdict() == Verdict.PASSED, outcome.message().isEmpty(), outcome.toString());
      assertEquals(outcome.rule().untested().isPresent(), outcome.verdict() == Verdict.UNTESTED);
      assertFalse(outcome.message().contains("\n"), outcome.message());
    }
  }

  @Test
  void theListenerHearsOfEveryTestedRule() {
    List<RuleOutcome> heard = new ArrayList<>();
    int[] announced = {0};
    TckReport report =
        Tck.run(
            BROKEN.source(),
            new TckListener() {
              @Override
              public void started(int tests) {
                announced[0] = tests;
              }

              @Override
              public void finished(RuleOutcome outcome) {
                heard.add(outcome);
              }
            });
    int tested = report.outcomes().size() - report.count(Verdict.UNTESTED);
    assertEquals(tested, announced[0]);
    assertEquals(tested, heard.size());
  }

  @Test
  void whatIsTooCoarseToTellIsNotPassed() {
    TckReport report = Tck.run("sim:ideal?slm.phase-bits=1", TckListener.NONE);
    RuleOutcome dft = outcome(report, "T13");
    assertEquals(Verdict.NOT_APPLICABLE, dft.verdict());
    assertTrue(dft.message().contains("too much to tell"), dft.message());
  }

  @Test
  void aDeviceThatCannotBeOpenedIsTheCallersError() {
    DeviceException e =
        assertThrows(DeviceException.class, () -> Tck.run("nosuch:device", TckListener.NONE));
    assertEquals(ErrorCode.UNKNOWN_SCHEME, e.code());
  }

  @Test
  void aDeviceThatOpensOnceOnlyFailsEveryTest() {
    int[] openings = {0};
    TckReport report =
        Tck.run(
            () -> {
              if (openings[0]++ > 0) {
                throw new DeviceException(ErrorCode.UNAVAILABLE, "the bench is in use");
              }
              return new ReferenceDevice(Kind.of(ReadoutMode.COHERENT));
            },
            TckListener.NONE);
    assertEquals(0, report.count(Verdict.PASSED));
    assertEquals(
        "unexpected DeviceException UNAVAILABLE: the bench is in use",
        outcome(report, "L1").message());
  }

  @Test
  void theTextNamesTheBrokenRule() {
    String text = Tck.run(BROKEN.source(), TckListener.NONE).text();
    assertTrue(text.contains(BROKEN.breaks() + "   FAILED: "), text);
    assertTrue(text.contains("The device does not conform"), text);
  }

  @Test
  void theXmlIsWellFormedAndComplete() throws Exception {
    TckReport report = Tck.run(BROKEN.source(), TckListener.NONE);
    StringBuilder xml = new StringBuilder();
    report.writeJUnitXml(xml);
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.toString().getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    NodeList cases = suite.getElementsByTagName("testcase");
    assertEquals(report.outcomes().size(), cases.getLength());
    assertEquals("" + cases.getLength(), suite.getAttribute("tests"));
    assertEquals(report.count(Verdict.FAILED), suite.getElementsByTagName("failure").getLength());
    assertEquals(
        report.count(Verdict.NOT_APPLICABLE) + report.count(Verdict.UNTESTED),
        suite.getElementsByTagName("skipped").getLength());
  }
}
