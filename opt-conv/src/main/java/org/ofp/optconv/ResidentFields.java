// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Arrays;
import java.util.List;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceTransforms;
import org.ofp.device.FieldTiles;

/**
 * Both ends of a convolution in a device's memory: maps to spectra of fields, and spectra of fields
 * to outputs. Fields are numbered as {@link FieldTiles} numbers them, through the images that are
 * there. For one thread.
 */
final class ResidentFields {
  private final ConvolutionPlan plan;
  private final FrameKey key;
  private final DeviceTransforms transforms;
  private final FieldTiles inputs;
  private final FieldTiles outputs;
  private DeviceBuffer maps;
  private DeviceBuffer biases;
  private DeviceBuffer results;
  private TileRun run;

  ResidentFields(ConvolutionPlan plan, FrameKey key, DeviceTransforms transforms) {
    this.plan = plan;
    this.key = key;
    this.transforms = transforms;
    LayerGeometry geometry = plan.geometry();
    AxisGeometry rows = geometry.rows();
    AxisGeometry cols = geometry.cols();
    int down = plan.tileRows();
    int across = plan.tileCols();
    inputs =
        new FieldTiles(
            plan.frame(),
            geometry.inChannels(),
            axis(rows.size(), rows.inStep(), rows.inOffsets(), plan.validRows(), down),
            axis(cols.size(), cols.inStep(), cols.inOffsets(), plan.validCols(), across));
    outputs =
        new FieldTiles(
            plan.frame(),
            geometry.outChannels(),
            axis(rows.output(), rows.outStep(), rows.outOffsets(), plan.validRows(), down),
            axis(cols.output(), cols.outStep(), cols.outOffsets(), plan.validCols(), across));
  }

  private static FieldTiles.Axis axis(int size, int step, int[] offsets, int advance, int tiles) {
    List<Integer> starts = Arrays.stream(offsets).boxed().toList();
    return new FieldTiles.Axis(size, step, starts, advance, tiles);
  }

  ConvolutionPlan plan() {
    return plan;
  }

  FieldTiles inputs() {
    return inputs;
  }

  FieldTiles outputs() {
    return outputs;
  }

  /**
   * Turns to other images.
   *
   * @param first number of the first in the batch
   * @param images how many there are
   * @param maps {@code [images, inChannels, rows, cols]}
   * @param biases a value per output channel, or null
   * @param results receives {@code [images, outChannels, outputRows, outputCols]}
   */
  void moveTo(int first, int images, DeviceBuffer maps, DeviceBuffer biases, DeviceBuffer results) {
    this.maps = maps;
    this.biases = biases;
    this.results = results;
    long from = (long) first * plan.tiles();
    run = new TileRun(plan, key, from, from + Math.multiplyExact(images, plan.tiles()));
  }

  /** Tiles of the images that are there. */
  int tiles() {
    return (int) (run.tiles() - run.firstTile());
  }

  /** Fields at a time. */
  int capacity() {
    return transforms.capacity();
  }

  /** The fields at hand, {@code [capacity, rows, cols, 2]}. */
  DeviceBuffer fields() {
    return transforms.fields();
  }

  /** Steps 1 and 2: the spectra of fields, from number {@code first} on. */
  void forward(long first, int n) {
    transforms.memory().cut(inputs, maps, first, n, transforms.fields());
    identify(first, n, inputs.pairs(), false);
    transforms.forward(n);
  }

  /** Steps 6 and 7: the outputs of the spectra at hand, from number {@code first} on. */
  void inverse(long first, int n) {
    identify(first, n, outputs.pairs(), true);
    transforms.inverse(n);
    transforms.memory().paste(outputs, transforms.fields(), first, n, biases, results);
  }

  private void identify(long first, int n, int pairs, boolean inverse) {
    for (int i = 0; i < n; i++) {
      long tile = run.firstTile() + (first + i) / pairs;
      int pair = (int) ((first + i) % pairs);
      transforms.identify(i, run.frameId(tile, pair, inverse), run.repeat());
    }
  }
}
