// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.util.stream.IntStream;
import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;

/**
 * The yardstick: a batch of transforms by a host engine and nothing else, its frames spread over
 * the threads of the common pool as a device spreads them.
 */
public final class FftRun implements BatchRun {
  /** Small frames go to the threads in runs, so that handing out work costs little. */
  private static final int RUN_PIXELS = 16384;

  private final FftPlan plan;
  private final int stride;
  private final int perTask;
  private final float[] input;
  private final float[] fields;

  /**
   * @param input the fields, {@code [n, rows, cols, 2]}
   */
  public FftRun(FftKernel kernel, FrameShape shape, float[] input) {
    plan = kernel.plan(shape.rows(), shape.cols());
    stride = 2 * shape.pixels();
    perTask = fieldsPerTask(shape);
    this.input = input;
    fields = input.clone();
  }

  /** Fields that one thread works on at a time. */
  static int fieldsPerTask(FrameShape shape) {
    return Math.max(1, RUN_PIXELS / shape.pixels());
  }

  @Override
  public void fill() {
    System.arraycopy(input, 0, fields, 0, input.length);
  }

  /** Without {@link #fill} what the last transform left, whose magnitude is the input's. */
  @Override
  public void transform() {
    int count = fields.length / stride;
    IntStream.range(0, (count + perTask - 1) / perTask)
        .parallel()
        .forEach(
            task -> {
              int first = task * perTask;
              plan.forward(fields, first * stride, Math.min(perTask, count - first));
            });
  }
}
