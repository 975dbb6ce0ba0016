// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ofp.optconv.LayerFact;
import org.ofp.optconv.NetworkLayer;

/**
 * The layers of a network and their maps, found by running it once. Set as its context's
 * {@linkplain OpticalContext#onLayer listener}, it records the passes that follow. Not thread-safe.
 */
public final class NetworkTrace implements Consumer<LayerRun> {
  private final List<LayerRun> runs = new ArrayList<>();

  /** Records a layer's run unless it is part of a backward pass. */
  @Override
  public void accept(LayerRun run) {
    if (run.pass() == LayerRun.Pass.FORWARD) {
      runs.add(run);
    }
  }

  /** The layers in the order in which they ran, with the routes that they took. */
  public List<NetworkLayer> layers() {
    return runs.stream()
        .map(
            run ->
                new NetworkLayer(
                    run.name(), run.spec(), run.rows(), run.cols(), run.route(), "it ran there"))
        .toList();
  }

  /** What they did, to be compared with a plan. */
  public List<LayerFact> facts() {
    return runs.stream().map(run -> new LayerFact(run.name(), run.route(), run.frames())).toList();
  }
}
