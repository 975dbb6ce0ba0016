// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class TckCommandTest extends CommandTestFolder {
  @Test
  void aDeviceThatConformsIsReportedRuleByRule() throws Exception {
    Path jar = ToyDriver.right(folder.resolve("toy.jar"));
    String xml = path("report.xml");
    OfpRun run =
        OfpRun.of("tck", "toy:one", "--json", "--junit-xml", xml, "--driver-path", jar.toString());
    assertEquals(0, run.status(), run.err() + run.out());
    JsonNode report = json(run);
    assertEquals("toy:one", report.get("address").asText());
    assertTrue(report.get("conforms").asBoolean());
    JsonNode totals = report.get("totals");
    assertEquals(0, totals.get("failed").asInt());
    Set<String> verdicts = new TreeSet<>();
    for (JsonNode rule : report.get("rules")) {
      String verdict = rule.get("verdict").asText();
      verdicts.add(verdict);
      assertEquals(verdict.equals("passed"), rule.get("message").asText().isEmpty(), "" + rule);
      assertFalse(rule.get("text").asText().isEmpty());
    }
    assertEquals(Set.of("not-applicable", "passed", "untested"), verdicts);

    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("report.xml").toFile())
            .getDocumentElement();
    assertEquals(report.get("rules").size(), suite.getElementsByTagName("testcase").getLength());
    assertEquals("0", suite.getAttribute("failures"));
    assertEquals(Set.of("report.xml", "toy.jar"), files());
  }

  @Test
  void aDeviceThatDoesNotConformNamesTheRules() throws Exception {
    String jar = ToyDriver.wrong(folder.resolve("awry.jar")).toString();
    String xml = path("report.xml");
    OfpRun run = OfpRun.of("tck", "awry:one", "--json", "--junit-xml", xml, "--driver-path", jar);
    assertEquals(1, run.status(), run.err());
    JsonNode report = json(run);
    assertFalse(report.get("conforms").asBoolean());
    int failed = 0;
    for (JsonNode rule : report.get("rules")) {
      if (rule.get("verdict").asText().equals("failed")) {
        failed++;
        assertFalse(rule.get("message").asText().isBlank());
        assertFalse(rule.get("id").asText().startsWith("L"), "" + rule); // the life cycle is right
      }
    }
    assertEquals(failed, report.get("totals").get("failed").asInt());
    assertTrue(failed > 0);
    assertTrue(Files.readString(Path.of(xml)).contains("<failure message="));
  }

  @Test
  void theReportForPeopleHasChaptersRulesAndTotals() throws IOException {
    String out = succeed("tck", "sim:ideal", "-o", "rows=16", "-o", "cols=16").out();
    assertTrue(out.contains("\nLifecycle\n"), out);
    assertTrue(out.contains("\n  L1   passed\n"), out);
    assertTrue(out.contains(" not applicable: "), out);
    assertTrue(out.contains(" untested: "), out);
    assertTrue(out.contains("The device conforms: "), out);
  }

  @Test
  void wrongUsage() throws IOException {
    fail(2, "missing required parameter", "tck");
    fail(2, "looks like sim:ideal", "tck", "none");
    fail(2, "did you mean 'ideal'", "tck", "sim:idael");
    fail(2, "did you mean 'adc.bits'", "tck", "sim:ideal", "-o", "adc.bit=4");
    fail(1, "does not exist", "tck", "sim:ideal", "--junit-xml", path("no/report.xml"));
    fail(1, "is a folder", "tck", "sim:ideal", "--junit-xml", folder.toString());
  }
}
