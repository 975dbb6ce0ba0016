// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ofp.optconv.torch.LayerRun;

/** Records what the layers of a network do, tile after tile. Not thread-safe. */
final class LayerTally implements Consumer<LayerRun> {
  private final List<LayerRun> runs = new ArrayList<>();

  /**
   * A layer over all tiles.
   *
   * @param run the first tile's
   * @param frames over all tiles
   * @param seconds of the computer, over all tiles
   * @param saturated detector counts that clipped, over all tiles
   * @param measuredDb mean over the tiles; NaN if it was not measured
   */
  record Sum(LayerRun run, long frames, double seconds, long saturated, double measuredDb) {}

  @Override
  public void accept(LayerRun run) {
    if (run.pass() == LayerRun.Pass.FORWARD) {
      runs.add(run);
    }
  }

  /** Forgets everything. */
  void clear() {
    runs.clear();
  }

  /**
   * The layers in the order in which they ran.
   *
   * @param tiles how many times the network ran
   */
  List<Sum> layers(int tiles) {
    int layers = runs.size() / tiles;
    return IntStream.range(0, layers)
        .mapToObj(
            first ->
                sum(
                    IntStream.range(0, tiles)
                        .mapToObj(tile -> runs.get(tile * layers + first))
                        .toList()))
        .toList();
  }

  private static Sum sum(List<LayerRun> tiles) {
    return new Sum(
        tiles.get(0),
        tiles.stream().mapToLong(LayerRun::frames).sum(),
        tiles.stream().mapToDouble(LayerRun::seconds).sum(),
        tiles.stream().mapToLong(LayerRun::saturated).sum(),
        tiles.stream()
            .mapToDouble(run -> run.accuracy() == null ? Double.NaN : run.accuracy().measuredDb())
            .average()
            .orElse(Double.NaN));
  }
}
