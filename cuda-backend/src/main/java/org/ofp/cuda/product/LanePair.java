// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

/**
 * Two lanes on which the pieces of a product travel in turn: while one copies and computes, the
 * host fills or empties the other, and uploads of one run beside downloads of the other. Used by
 * one thread at a time.
 */
final class LanePair implements AutoCloseable {
  /** Their number. */
  static final int COUNT = 2;

  private final ProductGpu gpu;
  private final ProductLane[] lanes = new ProductLane[COUNT];

  LanePair(ProductGpu gpu) {
    this.gpu = gpu;
  }

  /** Does all pieces; piece i travels on lane i mod {@link #COUNT}. */
  void run(Pieces pieces) {
    int count = pieces.count();
    for (int i = 0; i < count; i++) {
      if (i >= COUNT) {
        finish(pieces, i - COUNT);
      }
      pieces.send(lane(i), i);
    }
    for (int i = Math.max(0, count - COUNT); i < count; i++) {
      finish(pieces, i);
    }
  }

  private void finish(Pieces pieces, int piece) {
    ProductLane lane = lane(piece);
    lane.stream().synchronize();
    pieces.receive(lane, piece);
  }

  /** A product of one piece needs one lane only. */
  private ProductLane lane(int piece) {
    int i = piece % COUNT;
    if (lanes[i] == null) {
      lanes[i] = new ProductLane(gpu);
    }
    return lanes[i];
  }

  @Override
  public void close() {
    try (ProductLane first = lanes[0];
        ProductLane second = lanes[1]) {
      lanes[0] = null;
      lanes[1] = null;
    }
  }
}
