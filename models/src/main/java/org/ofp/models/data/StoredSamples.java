// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.List;

/** Some of the samples of a store. */
final class StoredSamples implements Samples {
  private final SampleStore store;
  private final int side;
  private final List<String> names;
  private final int[] sources;
  private final int[] chosen;

  /**
   * The samples with the chosen numbers, in that order.
   *
   * @param names of all samples in the store
   * @param sources the number of the picture that each of them was cut from
   */
  StoredSamples(SampleStore store, int side, List<String> names, int[] sources, int[] chosen) {
    this.store = store;
    this.side = side;
    this.names = names;
    this.sources = sources;
    this.chosen = chosen;
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public int side() {
    return side;
  }

  @Override
  public void read(int index, int[] rgb, byte[] labels) {
    store.read(chosen[index], rgb);
    SourceDecoder.unpack(rgb, side * side, labels);
  }

  @Override
  public String name(int index) {
    return names.get(chosen[index]);
  }

  @Override
  public int source(int index) {
    return sources[chosen[index]];
  }
}
