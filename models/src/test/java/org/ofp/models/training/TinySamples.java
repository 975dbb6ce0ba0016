// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import org.ofp.models.data.Samples;
import org.ofp.models.network.NamedRandom;

/**
 * Pictures of 8×8 blocks, each of one of four classes, whose colour is the class's and noise; one
 * block of each is ignored.
 */
record TinySamples(int size, String set) implements Samples {
  static final int CLASSES = 4;
  static final int SIDE = 32;

  private static final int BLOCK = 8;
  private static final int[] COLOURS = {0x40_40_A0, 0x80_30_30, 0x30_90_40, 0xA0_A0_60};

  /** As many samples to learn from, and half as many others to be judged by. */
  static TrainingData data(int size) {
    return new TrainingData(
        new TinySamples(size, "training"),
        new TinySamples(size / 2, "validation"),
        new double[] {0.5, 1, 1, 2});
  }

  @Override
  public int side() {
    return SIDE;
  }

  @Override
  public void read(int index, int[] rgb, byte[] labels) {
    NamedRandom classes = new NamedRandom(1, set + " classes of " + index);
    NamedRandom noise = new NamedRandom(1, set + " noise of " + index);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int block = i / SIDE / BLOCK * (SIDE / BLOCK) + i % SIDE / BLOCK;
      int kind = (int) (classes.unit(block) * CLASSES);
      labels[i] = (byte) (block == index % 16 ? IGNORED : kind);
      int level = (int) (noise.unit(i) * 0x40);
      rgb[i] = COLOURS[kind] + level * 0x01_01_01;
    }
  }

  @Override
  public String name(int index) {
    return set + "/" + index + ".png";
  }
}
