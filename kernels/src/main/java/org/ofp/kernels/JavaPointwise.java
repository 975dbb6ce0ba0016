// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/**
 * The pointwise product in pure Java, for heap and direct buffers alike.
 *
 * <p>Blocks of pixels are copied into rows and the results back, in bulk: element access to a
 * {@link FloatBuffer} is not vectorised, and rows are what {@link RowSum} wants.
 */
public final class JavaPointwise implements PointwiseProduct {

  @Override
  public String name() {
    return "java";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public void probe() {}

  @Override
  public void apply(
      int images,
      int cout,
      int cin,
      int pixels,
      FloatBuffer w,
      FloatBuffer bias,
      FloatBuffer x,
      FloatBuffer y) {
    int stride = RowScratch.padded(cin);
    float[] weights = new float[Math.multiplyExact(cout, stride)];
    for (int row = 0; row < cout; row++) {
      w.get(w.position() + row * cin, weights, row * stride, cin);
    }
    PixelBlocks.forEach(
        images,
        pixels,
        RowScratch.COLUMNS,
        (long) cin * cout,
        (image, pixel, columns) ->
            RowScratch.POOL.lend(
                scratch -> {
                  float[][] rows = scratch.rows(cin, stride);
                  for (int i = 0; i < cin; i++) {
                    x.get(x.position() + (image * cin + i) * pixels + pixel, rows[i], 0, columns);
                  }
                  for (int i = 0; i < cout; i++) {
                    float start = bias == null ? 0 : bias.get(bias.position() + i);
                    RowSum.real(start, weights, i * stride, rows, stride, scratch.first, columns);
                    y.put(
                        y.position() + (image * cout + i) * pixels + pixel,
                        scratch.first,
                        0,
                        columns);
                  }
                }));
  }
}
