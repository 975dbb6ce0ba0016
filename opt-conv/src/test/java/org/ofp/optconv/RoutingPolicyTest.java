// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.ofp.optconv.RoutingPolicy.Rule;

class RoutingPolicyTest {
  private static final ConvolutionSpec SQUARE = ConvolutionSpec.of(4, 4, 3);
  private static final ConvolutionSpec SINGLE = ConvolutionSpec.of(4, 4, 1);

  private static void assertRoute(
      Route route, String reason, RoutingPolicy policy, String name, LayerSpec spec) {
    RoutingPolicy.Decision decision = policy.decide(name, spec);
    assertEquals(route, decision.route());
    assertTrue(decision.reason().contains(reason), decision.reason());
  }

  @Test
  void kernelsDecideByDefault() {
    RoutingPolicy policy = RoutingPolicy.defaults();
    assertRoute(Route.OPTICAL, "3×3 is larger", policy, "a", SQUARE);
    assertRoute(Route.OPTICAL, "1×3 is larger", policy, "a", SINGLE.kernel(1, 3));
    assertRoute(Route.POINTWISE, "1×1", policy, "a", SINGLE);
    assertRoute(Route.OPTICAL, "2×2", policy, "a", TransposedSpec.of(4, 4, 2));
    assertRoute(Route.POINTWISE, "1×1", policy, "a", TransposedSpec.of(4, 4, 1));
    assertRoute(Route.ELECTRONIC, "no device", policy.withoutDevice(), "a", SINGLE);
  }

  @Test
  void smallKernelsCanBeLeftToElectronics() {
    RoutingPolicy policy = RoutingPolicy.defaults().minimumKernel(5);
    assertRoute(Route.ELECTRONIC, "below the minimum of 5", policy, "a", SQUARE);
    assertRoute(Route.OPTICAL, "5×5", policy, "a", SQUARE.kernel(5, 5));
    assertRoute(Route.OPTICAL, "1×7", policy, "a", SQUARE.kernel(1, 7));
    assertRoute(Route.POINTWISE, "1×1", policy, "a", SINGLE);
    assertRoute(Route.OPTICAL, "rule", policy.rule("a=optical"), "a", SQUARE);
    assertThrows(IllegalArgumentException.class, () -> policy.minimumKernel(0));
  }

  @Test
  void theLastRuleThatMatchesCounts() {
    RoutingPolicy policy =
        RoutingPolicy.defaults()
            .rule("inc.*=electronic")
            .rule("*.double_conv.?=optical")
            .rule("inc.double_conv.3", Route.ELECTRONIC);
    assertRoute(Route.OPTICAL, "*.double_conv.?", policy, "inc.double_conv.0", SQUARE);
    assertRoute(Route.ELECTRONIC, "inc.double_conv.3", policy, "inc.double_conv.3", SQUARE);
    assertRoute(Route.ELECTRONIC, "inc.*", policy, "inc.other", SINGLE);
    assertRoute(Route.OPTICAL, "larger", policy, "increase", SQUARE);
    assertRoute(Route.ELECTRONIC, "no device", policy.withoutDevice(), "x.double_conv.0", SQUARE);
    // Plain data.
    assertEquals(policy, policy.minimumKernel(3).minimumKernel(1));
    assertEquals(Rule.parse("inc.*=electronic"), policy.rules().get(0));
    assertEquals("inc.*=electronic", policy.rules().get(0).toString());
  }

  @Test
  void badRulesSayWhatIsAllowed() {
    assertMessage("electronic", () -> Rule.parse("inc.*=optics"));
    assertMessage("pattern=route", () -> Rule.parse("optical"));
    assertMessage("pattern", () -> Rule.parse("=optical"));
    RoutingPolicy policy = RoutingPolicy.defaults().rule("*=pointwise");
    assertEquals(Route.POINTWISE, policy.decide("a.b", SINGLE).route());
    assertMessage("a.b", () -> policy.decide("a.b", SQUARE));
  }

  private static void assertMessage(String part, Runnable work) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, work::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** Against regular expressions, over short words of few letters, where all cases occur. */
  @Test
  void patternsMatchAsRegularExpressionsDo() {
    long seed = 77;
    Random random = new Random(seed);
    int matches = 0;
    for (int i = 0; i < 20_000; i++) {
      String pattern = "a" + word(random, "ab.*?*");
      String name = "a" + word(random, "ab.");
      String regex = pattern.replace(".", "\\.").replace("*", ".*").replace("?", ".");
      boolean expected = Pattern.matches(regex, name);
      assertEquals(
          expected,
          new Rule(pattern, Route.OPTICAL).matches(name),
          "seed " + seed + ": " + pattern + " on " + name);
      matches += expected ? 1 : 0;
    }
    assertTrue(matches > 1000 && matches < 19_000, "matches: " + matches);
    assertFalse(new Rule("a", Route.OPTICAL).matches(""));
    assertTrue(new Rule("*", Route.OPTICAL).matches(""));
  }

  private static String word(Random random, String letters) {
    StringBuilder word = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
