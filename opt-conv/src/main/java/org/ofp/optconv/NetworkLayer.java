// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Objects;

/**
 * A layer in its place in a network: what it computes, on maps of which size, and where it runs.
 *
 * @param name its qualified name, such as {@code "encoder.layer1.layer.0"}
 * @param spec what it computes
 * @param rows rows of its input map
 * @param cols columns of its input map
 * @param route where it runs
 * @param reason why there, a short phrase
 */
public record NetworkLayer(
    String name, LayerSpec spec, int rows, int cols, Route route, String reason) {
  public NetworkLayer {
    Objects.requireNonNull(name);
    Objects.requireNonNull(spec);
    Objects.requireNonNull(route);
    Objects.requireNonNull(reason);
  }

  /** This layer where a policy sends it. */
  public NetworkLayer routed(RoutingPolicy policy) {
    RoutingPolicy.Decision decision = policy.decide(name, spec);
    return new NetworkLayer(name, spec, rows, cols, decision.route(), reason(decision));
  }

  private String reason(RoutingPolicy.Decision decision) {
    String choice =
        decision.route() == Route.POINTWISE ? PointwiseConvolver.choice(spec, rows, cols) : "";
    return choice.isEmpty() ? decision.reason() : decision.reason() + ", " + choice;
  }
}
