// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From the layers of a network to a {@link NetworkPlan}, within one budget of memory for the kernel
 * spectra of all of them.
 *
 * <p>The layers compete for the memory by price: each gets the plan for which the computer's time
 * plus {@code price} nanoseconds per byte of spectra is least, and the price is the lowest at which
 * all spectra fit. A price at which it is as well to compute spectra anew in every pass is never
 * exceeded; what does not fit then is not kept. So a byte goes where it saves most time, and within
 * an {@link Objective} other than the computer's time it decides between plans of equal merit only.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class NetworkPlanner {
  /** Halvings of the interval in which the price lies. */
  private static final int STEPS = 40;

  private final Optional<ConvolutionPlanner> planner;
  private final long spectraBytes;

  private NetworkPlanner(Optional<ConvolutionPlanner> planner, long spectraBytes) {
    this.planner = planner;
    this.spectraBytes = spectraBytes;
  }

  /** A planner of networks of which no layer runs on a device. */
  public static NetworkPlanner electronic() {
    return new NetworkPlanner(Optional.empty(), 0);
  }

  /** A planner with {@link ConvolutionPlanner#DEFAULT_SPECTRA_BYTES} for the spectra. */
  public static NetworkPlanner of(ConvolutionPlanner planner) {
    return of(planner, ConvolutionPlanner.DEFAULT_SPECTRA_BYTES);
  }

  /**
   * A planner with a budget.
   *
   * @param spectraBytes memory for the kernel spectra of all layers, at least 0
   */
  public static NetworkPlanner of(ConvolutionPlanner planner, long spectraBytes) {
    if (spectraBytes < 0) {
      throw new IllegalArgumentException(
          "a budget of " + spectraBytes + " bytes for kernel spectra must be at least 0");
    }
    return new NetworkPlanner(Optional.of(planner), spectraBytes);
  }

  /**
   * Plans a network.
   *
   * @param layers in the order in which they run
   * @throws IllegalArgumentException if a layer is to run on a device and there is none, or does
   *     not suit its map
   */
  public NetworkPlan plan(List<NetworkLayer> layers) {
    List<NetworkLayer> optical =
        layers.stream().filter(layer -> layer.route() == Route.OPTICAL).toList();
    List<PlanCandidate> chosen = choose(optical);
    List<LayerPlan> plans = new ArrayList<>();
    long left = spectraBytes;
    int next = 0;
    for (NetworkLayer layer : layers) {
      if (layer.route() == Route.OPTICAL) {
        PlanCandidate choice = chosen.get(next++);
        boolean kept = choice.bytes() <= left;
        left -= kept ? choice.bytes() : 0;
        double snr = planner.orElseThrow().predictedSnrDb(choice.plan());
        plans.add(LayerPlan.byLight(layer, choice.plan(), kept, snr));
      } else {
        plans.add(LayerPlan.withoutLight(layer));
      }
    }
    return new NetworkPlan(plans);
  }

  private List<PlanCandidate> choose(List<NetworkLayer> layers) {
    List<List<PlanCandidate>> candidates =
        layers.stream()
            .map(layer -> planner(layer).candidates(layer.spec(), layer.rows(), layer.cols()))
            .toList();
    List<PlanCandidate> best = at(0, candidates);
    if (bytes(best) <= spectraBytes) {
      return best;
    }
    double low = 0;
    double high = SpectralCost.FRESH_BYTE;
    best = at(high, candidates);
    for (int step = 0; step < STEPS; step++) {
      double price = (low + high) / 2;
      List<PlanCandidate> choice = at(price, candidates);
      if (bytes(choice) <= spectraBytes) {
        best = choice;
        high = price;
      } else {
        low = price;
      }
    }
    return best;
  }

  private ConvolutionPlanner planner(NetworkLayer layer) {
    return planner.orElseThrow(
        () ->
            new IllegalArgumentException(
                "layer "
                    + layer.name()
                    + " is to run on a device and there is none; route it elsewhere or give one"));
  }

  private static List<PlanCandidate> at(double price, List<List<PlanCandidate>> candidates) {
    return candidates.stream()
        .map(of -> PlanCandidate.best(of, candidate -> price * candidate.bytes()))
        .toList();
  }

  private static long bytes(List<PlanCandidate> choice) {
    return choice.stream().mapToLong(PlanCandidate::bytes).sum();
  }
}
