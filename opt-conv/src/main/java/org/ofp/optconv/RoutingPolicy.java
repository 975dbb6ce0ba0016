// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which engine runs which layer: plain data, the same answer for the same layer every time.
 *
 * <p>In this order: without a device everything is electronic; the last rule whose pattern matches
 * the layer's name decides; 1×1 kernels are pointwise; kernels below the minimum are electronic;
 * the rest is optical. Immutable; the methods that take values return changed copies.
 *
 * @param device whether there is a device at all
 * @param minimumKernel taps along its longer side that a kernel larger than 1×1 needs to be worth
 *     the light, at least 1
 * @param rules routes by layer name, the last match counts
 */
public record RoutingPolicy(boolean device, int minimumKernel, List<Rule> rules) {

  /**
   * Where a layer runs.
   *
   * @param route the engine
   * @param reason a short sentence for people
   */
  public record Decision(Route route, String reason) {}

  /**
   * A route for all layers whose name matches.
   *
   * @param pattern a layer's qualified name, such as {@code "inc.double_conv.0"}; {@code *} stands
   *     for any characters, dots included, {@code ?} for one
   * @param route where they run
   */
  public record Rule(String pattern, Route route) {
    public Rule {
      if (pattern.isBlank()) {
        throw new IllegalArgumentException(
            "a routing rule needs a pattern, such as inc.* or * for every layer");
      }
    }

    /**
     * A rule from its text.
     *
     * @param text {@code pattern=route}, such as {@code "inc.*=electronic"}
     * @throws IllegalArgumentException if there is no such route or no pattern
     */
    public static Rule parse(String text) {
      int equals = text.lastIndexOf('=');
      String name = text.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
      if (equals < 0 || Stream.of(Route.values()).noneMatch(r -> r.name().equals(name))) {
        throw new IllegalArgumentException(
            "routing rule \""
                + text
                + "\" must be pattern=route with a route of "
                + Arrays.stream(Route.values()).map(Rule::text).collect(Collectors.joining(", "))
                + ", such as inc.*=electronic");
      }
      return new Rule(text.substring(0, equals).strip(), Route.valueOf(name));
    }

    /** Whether the pattern matches a name as a whole. */
    public boolean matches(String name) {
      int p = 0;
      int n = 0;
      int star = -1;
      int resume = 0;
      while (n < name.length()) {
        if (p < pattern.length() && pattern.charAt(p) == '*') {
          star = p++;
          resume = n;
        } else if (p < pattern.length()
            && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
          p++;
          n++;
        } else if (star >= 0) {
          p = star + 1; // let the last star take one character more
          n = ++resume;
        } else {
          return false;
        }
      }
      return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    private static String text(Route route) {
      return route.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return pattern + "=" + text(route);
    }
  }

  public RoutingPolicy {
    if (minimumKernel < 1) {
      throw new IllegalArgumentException(
          "minimum kernel = " + minimumKernel + " taps must be at least 1");
    }
    rules = List.copyOf(rules);
  }

  /** Kernels larger than 1×1 by light, 1×1 kernels pointwise. */
  public static RoutingPolicy defaults() {
    return new RoutingPolicy(true, 1, List.of());
  }

  /** This policy where there is no device: everything electronic. */
  public RoutingPolicy withoutDevice() {
    return new RoutingPolicy(false, minimumKernel, rules);
  }

  /** This policy with kernels of fewer taps along their longer side left to electronics. */
  public RoutingPolicy minimumKernel(int taps) {
    return new RoutingPolicy(device, taps, rules);
  }

  /** This policy with one rule more, which outranks those before it. */
  public RoutingPolicy rule(String pattern, Route route) {
    return rule(new Rule(pattern, route));
  }

  /** This policy with one rule more, in the form of {@link Rule#parse}. */
  public RoutingPolicy rule(String text) {
    return rule(Rule.parse(text));
  }

  private RoutingPolicy rule(Rule rule) {
    return new RoutingPolicy(
        device, minimumKernel, Stream.concat(rules.stream(), Stream.of(rule)).toList());
  }

  /**
   * Where a layer runs, and why.
   *
   * @param name the layer's qualified name
   * @throws IllegalArgumentException if a rule asks for the pointwise engine and the kernel is
   *     larger than 1×1
   */
  public Decision decide(String name, LayerSpec spec) {
    if (!device) {
      return new Decision(Route.ELECTRONIC, "there is no device");
    }
    String kernel = "a kernel of " + spec.kernelRows() + "×" + spec.kernelCols();
    for (int i = rules.size() - 1; i >= 0; i--) {
      Rule rule = rules.get(i);
      if (rule.matches(name)) {
        if (rule.route() == Route.POINTWISE && !spec.isPointwise()) {
          throw new IllegalArgumentException(
              "routing rule \""
                  + rule
                  + "\" sends layer "
                  + name
                  + " to the pointwise engine, which takes 1×1 kernels only, not "
                  + kernel
                  + "; use optical or electronic, or a narrower pattern");
        }
        return new Decision(rule.route(), "rule \"" + rule + "\"");
      }
    }
    if (spec.isPointwise()) {
      return new Decision(Route.POINTWISE, kernel + " is a matrix product per pixel");
    }
    if (Math.max(spec.kernelRows(), spec.kernelCols()) < minimumKernel) {
      return new Decision(
          Route.ELECTRONIC, kernel + " is below the minimum of " + minimumKernel + " taps");
    }
    return new Decision(Route.OPTICAL, kernel + " is larger than 1×1");
  }
}
