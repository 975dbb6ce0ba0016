// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is searched, and under which conditions. A search is resumed only with the same.
 *
 * @param trials the settings to choose from; a trial's number is its place
 * @param epochs of the last rung
 * @param factor of {@link Halving}
 * @param conditions what else results depend on, such as the network and the seed, by name, as text
 */
public record SearchSetup(
    List<TrialSettings> trials, int epochs, int factor, Map<String, String> conditions) {
  public SearchSetup {
    trials = List.copyOf(trials);
    conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
    Halving.of(trials.size(), epochs, factor); // refuses what cannot be planned
  }

  /** The rungs. */
  public Halving halving() {
    return Halving.of(trials.size(), epochs, factor);
  }

  /** The first thing that another setup has differently, in words; empty if they are equal. */
  Optional<String> differenceFrom(SearchSetup earlier) {
    if (!trials.equals(earlier.trials)) {
      return Optional.of(
          "learning rates, batch sizes or losses ("
              + earlier.trials.size()
              + " trials then, "
              + trials.size()
              + " now)");
    }
    if (epochs != earlier.epochs) {
      return Optional.of("epochs: " + earlier.epochs + " then, " + epochs + " now");
    }
    if (factor != earlier.factor) {
      return Optional.of("factor: " + earlier.factor + " then, " + factor + " now");
    }
    Map<String, String> all = new LinkedHashMap<>(earlier.conditions);
    all.putAll(conditions);
    return all.keySet().stream()
        .filter(name -> !Objects.equals(conditions.get(name), earlier.conditions.get(name)))
        .findFirst()
        .map(
            name ->
                name
                    + ": "
                    + shown(earlier.conditions, name)
                    + " then, "
                    + shown(conditions, name)
                    + " now");
  }

  private static String shown(Map<String, String> conditions, String name) {
    return conditions.getOrDefault(name, "none");
  }
}
