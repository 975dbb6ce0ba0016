// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The specification and the tests cover each other. */
class SpecTest {
  private static final List<SpecRule> RULES = Spec.rules();

  private static Map<String, Method> tests() {
    Map<String, Method> tests = new TreeMap<>();
    for (Class<?> nested : DeviceTck.class.getDeclaredClasses()) {
      for (Method method : nested.getSuperclass().getDeclaredMethods()) {
        Rule rule = method.getAnnotation(Rule.class);
        if (rule != null) {
          assertEquals(null, tests.put(rule.value(), method), "two tests of " + rule.value());
        }
      }
    }
    return tests;
  }

  @Test
  void everyRuleHasATestOrSaysWhyNot() {
    Set<String> testable =
        RULES.stream()
            .filter(rule -> rule.untested().isEmpty())
            .map(SpecRule::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(testable, new TreeSet<>(tests().keySet()));
  }

  @Test
  void everyTestIsNamedByItsRule() {
    tests()
        .forEach(
            (id, test) ->
                assertTrue(
                    test.getName().matches(id.toLowerCase(Locale.ROOT) + "[A-Z].*"),
                    test.getName()));
  }

  @Test
  void rulesAreNumberedWithoutGapsByChapter() {
    Map<String, Integer> last = new TreeMap<>();
    for (SpecRule rule : RULES) {
      String letter = rule.id().substring(0, 1);
      int number = Integer.parseInt(rule.id().substring(1));
      assertEquals(last.getOrDefault(letter, 0) + 1, number, rule.id());
      last.put(letter, number);
    }
    Set<String> chapters = RULES.stream().map(SpecRule::chapter).collect(Collectors.toSet());
    assertEquals(last.size(), chapters.size(), "one letter a chapter");
  }

  @Test
  void noRuleOfTheDocumentIsOverlooked() throws IOException {
    String document = Files.readString(Path.of("../docs/SPEC.md"));
    Set<String> written = new HashSet<>();
    Pattern.compile("\\*\\*([A-Z]\\d+)\\*\\*")
        .matcher(document)
        .results()
        .forEach(found -> written.add(found.group(1)));
    assertEquals(written, RULES.stream().map(SpecRule::id).collect(Collectors.toSet()));
  }

  @Test
  void partsOfARuleAreToldApart() {
    List<SpecRule> rules =
        Spec.parse(
            """
            ## Q. Quality

            - **Q1** SHOULD. Do it
              well. *Why:* it
              pays. *Untested:* who
              knows.
            - **Q2** MUST. Do it.

            text
            """);
    assertEquals("Do it well.", rules.get(0).text());
    assertEquals("who knows", rules.get(0).untested().orElseThrow());
    assertEquals("Quality", rules.get(1).chapter());
    assertTrue(rules.get(1).must() && !rules.get(0).must());
    assertTrue(rules.get(1).untested().isEmpty());
  }
}
