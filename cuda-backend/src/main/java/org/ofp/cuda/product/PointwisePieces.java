// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.nio.FloatBuffer;

/**
 * A pointwise product in pieces of one image's pixels. How an image is cut depends on its own sizes
 * alone, so that its bits do not depend on the other images.
 */
final class PointwisePieces implements Pieces {
  /** Pixels of a piece are a multiple, where there are so many: cuBLAS likes aligned rows. */
  private static final int ALIGNMENT = 64;

  private final int images;
  private final int cout;
  private final int cin;
  private final int pixels;
  private final FloatBuffer w;
  private final FloatBuffer bias;
  private final FloatBuffer x;
  private final FloatBuffer y;
  private final int width;
  private final int perImage;

  /** Parameters as those of {@link org.ofp.kernels.PointwiseProduct#apply}. */
  PointwisePieces(
      int images,
      int cout,
      int cin,
      int pixels,
      FloatBuffer w,
      FloatBuffer bias,
      FloatBuffer x,
      FloatBuffer y) {
    this.images = images;
    this.cout = cout;
    this.cin = cin;
    this.pixels = pixels;
    this.w = w;
    this.bias = bias;
    this.x = x;
    this.y = y;
    width = width(cout, cin, pixels);
    perImage = (pixels + width - 1) / width;
  }

  /** Pixels of a piece: as equal as the alignment lets them be. */
  static int width(int cout, int cin, int pixels) {
    long most = Math.max(ALIGNMENT, BYTES / (Float.BYTES * ((long) cout + cin)));
    long pieces = (pixels + most - 1) / most;
    long equal = (pixels + pieces - 1) / pieces;
    return (int) Math.min(pixels, (equal + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  }

  @Override
  public int count() {
    return Math.multiplyExact(images, perImage);
  }

  @Override
  public void send(ProductLane lane, int piece) {
    if (piece < LanePair.COUNT) {
      sendWeights(lane);
    }
    int first = firstPixel(piece);
    int some = pixels(piece);
    long in = (long) cin * some;
    long out = (long) cout * some;
    FloatBuffer staged = lane.input().atLeast(in);
    lane.output().atLeast(out);
    int start = x.position() + piece / perImage * cin * pixels + first;
    StagingCopy.rows(cin, some, x, start, pixels, staged, 0, some);
    lane.input().upload(lane.stream(), in);
    long weights = lane.weights().address();
    lane.pointwise()
        .queue(
            lane.stream(),
            lane.blas(),
            cout,
            cin,
            some,
            weights,
            bias == null ? 0 : weights + (long) cout * cin * Float.BYTES,
            lane.input().address(),
            lane.output().address());
    lane.output().download(lane.stream(), out);
  }

  /** The weights, and the bias behind them. */
  private void sendWeights(ProductLane lane) {
    int count = Math.multiplyExact(cout, cin);
    long all = (long) count + (bias == null ? 0 : cout);
    FloatBuffer staged = lane.weights().atLeast(all);
    staged.put(0, w, w.position(), count);
    if (bias != null) {
      staged.put(count, bias, bias.position(), cout);
    }
    lane.weights().upload(lane.stream(), all);
  }

  @Override
  public void receive(ProductLane lane, int piece) {
    int some = pixels(piece);
    FloatBuffer staged = lane.output().atLeast((long) cout * some);
    int start = y.position() + piece / perImage * cout * pixels + firstPixel(piece);
    StagingCopy.rows(cout, some, staged, 0, some, y, start, pixels);
  }

  private int firstPixel(int piece) {
    return piece % perImage * width;
  }

  private int pixels(int piece) {
    return Math.min(width, pixels - firstPixel(piece));
  }
}
