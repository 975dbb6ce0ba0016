// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.HashMap;
import java.util.Map;

/**
 * Transforms of fields that are larger than the device's frames, composed from small ones by the
 * Cooley–Tukey factorisation: stage by stage every field is cut into small fields, which are turned
 * by twiddle factors, transformed by the device and put in their places ({@link AxisStage}).
 *
 * <p>Each small field is encoded, scaled and metered on its own, and so is its mean (on the way
 * back, its bin 0) handled by the computer. Nothing need be done about the mean of the whole: the
 * small fields of the first stage are samples of the field at equal steps, so that their means have
 * it, and those of later stages that hold it are constant, or hold it in bin 0. The other means
 * that are held back on the way cost nothing and are exact.
 *
 * <p>Fields are worked on in groups, and small fields in batches, of about {@value #MOST_PIXELS}
 * pixels, which bounds the memory beside the fields themselves. A field's small ones carry its id,
 * and are numbered through all stages by their repeats.
 */
final class ComposedTransforms implements TransformPath {
  private static final int MOST_PIXELS = 1 << 20;

  private final Composition composition;
  private final float[] fields;
  private final float[] work;
  private final int pixels;

  /** Fields in a group. */
  private final int group;

  private final AxisStage[] rowStages;
  private final AxisStage[] colStages;
  private final Map<FrameShape, SmallFields> batches = new HashMap<>();
  private final long[] ids;
  private final int[] repeats;

  /** Small fields and their transforms. */
  private static final class SmallFields {
    final int capacity;
    final float[] values;
    final FieldLayout results;
    final TransformPath path;

    SmallFields(
        OpticalFourierDevice device, TransformOptions options, FrameShape shape, int capacity) {
      this.capacity = capacity;
      values = new float[2 * shape.pixels() * capacity];
      results = FieldLayout.interleaved(values, shape.pixels());
      path = new ShownTransforms(device, options, shape, capacity, values);
    }
  }

  /**
   * @param fields {@code [capacity, rows, cols, 2]}, in and out
   */
  ComposedTransforms(
      OpticalFourierDevice device,
      TransformOptions options,
      Composition composition,
      int capacity,
      float[] fields) {
    this.composition = composition;
    this.fields = fields;
    pixels = composition.shape().pixels();
    group = Math.min(capacity, Math.max(1, MOST_PIXELS / pixels));
    work = new float[2 * pixels * group];
    ids = new long[capacity];
    repeats = new int[capacity];
    int stages = composition.stages().size();
    rowStages = new AxisStage[stages];
    colStages = new AxisStage[stages];
    int rowsDone = 1;
    int colsDone = 1;
    for (int s = 0; s < stages; s++) {
      FrameShape small = composition.stages().get(s);
      rowStages[s] = new AxisStage(composition.shape().rows(), rowsDone, small.rows());
      colStages[s] = new AxisStage(composition.shape().cols(), colsDone, small.cols());
      rowsDone *= small.rows();
      colsDone *= small.cols();
      batches.computeIfAbsent(small, shape -> batch(device, options, shape));
    }
  }

  private SmallFields batch(
      OpticalFourierDevice device, TransformOptions options, FrameShape shape) {
    int most = Math.max(1, MOST_PIXELS / shape.pixels());
    int capacity = (int) Math.min(most, (long) group * pixels / shape.pixels());
    return new SmallFields(device, options, shape, capacity);
  }

  @Override
  public void identify(int i, long id, int repeat) {
    ids[i] = id;
    repeats[i] = repeat;
  }

  @Override
  public void transform(int n, boolean inverse, FieldLayout results) {
    for (int first = 0; first < n; first += group) {
      transformGroup(first, Math.min(group, n - first), inverse);
    }
    if (!results.equals(FieldLayout.interleaved(fields, pixels))) {
      FrameLoop.run(n, pixels, i -> copy(i, results));
    }
  }

  private void copy(int i, FieldLayout results) {
    float[] re = new float[pixels];
    float[] im = new float[pixels];
    for (int j = 0; j < pixels; j++) {
      re[j] = fields[2 * (i * pixels + j)];
      im[j] = fields[2 * (i * pixels + j) + 1];
    }
    results.put(i, 0, re, im, 0, pixels);
  }

  private void transformGroup(int first, int count, boolean inverse) {
    int firstNumber = 0;
    for (int s = 0; s < rowStages.length; s++) {
      // The stages go from the fields to the work space and back.
      if (s % 2 == 0) {
        runStage(s, first, count, firstNumber, fields, first, work, 0, inverse);
      } else {
        runStage(s, first, count, firstNumber, work, 0, fields, first, inverse);
      }
      firstNumber += composition.frames(s);
    }
    if (rowStages.length % 2 == 1) {
      System.arraycopy(work, 0, fields, 2 * pixels * first, 2 * pixels * count);
    }
  }

  /**
   * @param firstNumber number of the stage's first small field among those of a field
   * @param from fields to read, the group's first being number {@code fromField}
   * @param to fields to write, the group's first being number {@code toField}
   */
  private void runStage(
      int s,
      int first,
      int count,
      int firstNumber,
      float[] from,
      int fromField,
      float[] to,
      int toField,
      boolean inverse) {
    FrameShape small = composition.stages().get(s);
    SmallFields batch = batches.get(small);
    int perField = composition.frames(s);
    int colGroups = colStages[s].groups();
    for (int start = 0; start < count * perField; start += batch.capacity) {
      int begin = start;
      int n = Math.min(batch.capacity, count * perField - begin);
      for (int slot = 0; slot < n; slot++) {
        int field = first + (begin + slot) / perField;
        int number = firstNumber + (begin + slot) % perField;
        batch.path.identify(slot, ids[field], repeats[field] * numbers() + number);
      }
      FrameLoop.run(
          n,
          small.pixels(),
          slot -> {
            int field = (begin + slot) / perField;
            int part = (begin + slot) % perField;
            gather(
                s,
                part / colGroups,
                part % colGroups,
                from,
                2 * pixels * (fromField + field),
                inverse,
                batch.values,
                2 * small.pixels() * slot);
          });
      batch.path.transform(n, inverse, batch.results);
      FrameLoop.run(
          n,
          small.pixels(),
          slot -> {
            int field = (begin + slot) / perField;
            int part = (begin + slot) % perField;
            scatter(
                s,
                part / colGroups,
                part % colGroups,
                batch.values,
                2 * small.pixels() * slot,
                to,
                2 * pixels * (toField + field));
          });
    }
  }

  /** Small fields of a field, over all stages. */
  private int numbers() {
    return (int) composition.frames();
  }

  /** Copies a small field together and applies its twiddle factors. */
  private void gather(
      int s,
      int rowGroup,
      int colGroup,
      float[] from,
      int offset,
      boolean inverse,
      float[] small,
      int target) {
    AxisStage rows = rowStages[s];
    AxisStage cols = colStages[s];
    float sign = inverse ? -1 : 1;
    int at = target;
    for (int p = 0; p < rows.factor(); p++) {
      int row = rows.input(rowGroup, p) * composition.shape().cols();
      float rowRe = rows.twiddleRe(rowGroup, p);
      float rowIm = sign * rows.twiddleIm(rowGroup, p);
      for (int q = 0; q < cols.factor(); q++) {
        int source = offset + 2 * (row + cols.input(colGroup, q));
        float colRe = cols.twiddleRe(colGroup, q);
        float colIm = sign * cols.twiddleIm(colGroup, q);
        float twiddleRe = rowRe * colRe - rowIm * colIm;
        float twiddleIm = rowRe * colIm + rowIm * colRe;
        float re = from[source];
        float im = from[source + 1];
        small[at] = re * twiddleRe - im * twiddleIm;
        small[at + 1] = re * twiddleIm + im * twiddleRe;
        at += 2;
      }
    }
  }

  /** Puts the transform of a small field in its places. */
  private void scatter(
      int s, int rowGroup, int colGroup, float[] small, int source, float[] to, int offset) {
    AxisStage rows = rowStages[s];
    AxisStage cols = colStages[s];
    int at = source;
    for (int p = 0; p < rows.factor(); p++) {
      int row = rows.output(rowGroup, p) * composition.shape().cols();
      for (int q = 0; q < cols.factor(); q++) {
        int target = offset + 2 * (row + cols.output(colGroup, q));
        to[target] = small[at];
        to[target + 1] = small[at + 1];
        at += 2;
      }
    }
  }

  @Override
  public long takeClipped() {
    long taken = 0;
    for (SmallFields batch : batches.values()) {
      taken += batch.path.takeClipped();
    }
    return taken;
  }

  @Override
  public TransformStatistics takeStatistics() {
    TransformStatistics taken = TransformStatistics.none();
    for (SmallFields batch : batches.values()) {
      taken = taken.plus(batch.path.takeStatistics());
    }
    return taken;
  }
}
