// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformBatch;

/**
 * Forward transforms of a batch of fields through a device, from the caller's fields to the
 * caller's fields.
 */
public final class TransformRun implements BatchRun {
  private final TransformBatch batch;
  private final float[] input;
  private int repeat;

  /**
   * @param input the fields, {@code [n, rows, cols, 2]} with n at least 1
   * @throws org.ofp.device.DeviceException if the device cannot transform such fields
   */
  public TransformRun(OpticalFourierDevice device, FrameShape shape, float[] input) {
    batch = new FourierTransformer(device).batch(shape, input.length / (2 * shape.pixels()));
    this.input = input;
  }

  /** Fields transformed at once. */
  public int size() {
    return batch.capacity();
  }

  /** Sets the fields, as further repeats of the same frames: their noise is new. */
  @Override
  public void fill() {
    System.arraycopy(input, 0, batch.fields(), 0, input.length);
    for (int i = 0; i < size(); i++) {
      batch.identify(i, i, repeat);
    }
    repeat++;
  }

  @Override
  public void transform() {
    batch.forward(size());
  }
}
