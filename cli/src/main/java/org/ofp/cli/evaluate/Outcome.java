// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.Optional;
import org.ofp.models.evaluation.Bootstrap;
import org.ofp.models.evaluation.EvaluatedNetwork;
import org.ofp.models.image.ClassPalette;

/**
 * How well a network did, and its electronic twin.
 *
 * @param figures of the network
 * @param electronic of its twin; null unless compared
 * @param difference of both; null unless compared
 * @param confidence how the intervals were found
 */
public record Outcome(
    Figures figures, Figures electronic, Difference difference, Confidence confidence) {

  static Outcome of(
      EvaluatedNetwork network, Optional<EvaluatedNetwork> twin, ClassPalette classes) {
    Bootstrap bootstrap = new Bootstrap(network.pictures(), Confidence.SEED);
    Figures figures = Figures.of(network.metrics(), bootstrap, classes);
    Confidence confidence = Confidence.of(bootstrap.pictures());
    if (twin.isEmpty()) {
      return new Outcome(figures, null, null, confidence);
    }
    Bootstrap ofTwin = new Bootstrap(twin.get().pictures(), Confidence.SEED);
    Figures electronic = Figures.of(twin.get().metrics(), ofTwin, classes);
    Difference difference = Difference.of(figures, bootstrap, electronic, ofTwin);
    return new Outcome(figures, electronic, difference, confidence);
  }
}
