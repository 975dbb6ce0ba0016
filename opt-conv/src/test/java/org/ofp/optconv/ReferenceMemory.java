// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceFrames;
import org.ofp.device.DeviceMemory;
import org.ofp.device.FieldCoding;
import org.ofp.device.FieldProducts;
import org.ofp.device.FieldTiles;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SpectraLayout;

/**
 * {@link DeviceMemory} by its definition: the host's memory, plain loops, sums in double precision.
 * New buffers hold NaN, so that what was not written is seen; every transfer is counted.
 */
final class ReferenceMemory implements DeviceMemory {
  private final OpticalFourierDevice device;
  private final int capacity;
  long written;
  long read;
  int alive;

  /**
   * @param capacity fields at a time
   */
  ReferenceMemory(OpticalFourierDevice device, int capacity) {
    this.device = device;
    this.capacity = capacity;
  }

  private final class Floats implements DeviceBuffer {
    float[] values;

    Floats(long n) {
      values = new float[Math.toIntExact(n)];
      Arrays.fill(values, Float.NaN);
      alive++;
    }

    @Override
    public long floats() {
      return values.length;
    }

    @Override
    public void write(FloatBuffer from, int first, long at, int n) {
      from.get(first, values, (int) at, n);
      written += n;
    }

    @Override
    public void read(long at, FloatBuffer to, int first, int n) {
      to.put(first, values, (int) at, n);
      read += n;
    }

    @Override
    public void copy(long at, DeviceBuffer to, long toAt, long n) {
      System.arraycopy(values, (int) at, of(to), (int) toAt, (int) n);
    }

    @Override
    public void clear(long at, long n) {
      Arrays.fill(values, (int) at, (int) (at + n), 0f);
    }

    @Override
    public void close() {
      if (values != null) {
        values = null;
        alive--;
      }
    }
  }

  private static float[] of(DeviceBuffer buffer) {
    return ((Floats) buffer).values;
  }

  @Override
  public DeviceBuffer allocate(String purpose, long floats) {
    return new Floats(floats);
  }

  @Override
  public DeviceFrames frames(FieldCoding coding) {
    return new Frames(coding);
  }

  private final class Frames implements DeviceFrames {
    private final FieldCoding coding;
    private final FrameShape shape;
    private final Floats fields;
    private final float[] counts;
    private final FrameSequence sequence;

    Frames(FieldCoding coding) {
      this.coding = coding;
      shape = coding.shape();
      fields = new Floats(2L * capacity * shape.pixels());
      int planes = coding.mode().planes();
      counts = new float[capacity * coding.readouts().size() * planes * shape.pixels()];
      sequence =
          new FrameSequence(
              shape,
              capacity,
              coding.readouts(),
              planes,
              coding.exposureControl(),
              FloatBuffer.wrap(fields.values),
              FloatBuffer.wrap(counts));
    }

    @Override
    public int capacity() {
      return capacity;
    }

    @Override
    public DeviceBuffer fields() {
      return fields;
    }

    @Override
    public void encode(int n, boolean inverse, double[] facts) {
      float[] rows = coding.rowWeights();
      float[] cols = coding.colWeights();
      int values = 2 * shape.pixels();
      for (int i = 0; i < n; i++) {
        double[] z = new double[values];
        double[] held = new double[2];
        for (int j = 0; j < values; j++) {
          z[j] = fields.values[i * values + j];
          held[j % 2] += z[j] / shape.pixels();
        }
        if (coding.holdsMean() && inverse) {
          held[0] = z[0];
          held[1] = z[1];
          z[0] = 0;
          z[1] = 0;
        } else if (!coding.holdsMean()) {
          held[0] = 0;
          held[1] = 0;
        }
        double scale = 0;
        double energy = 0;
        for (int p = 0; p < shape.pixels(); p++) {
          double w =
              coding.weighsDisplay() ? (double) rows[p / shape.cols()] * cols[p % shape.cols()] : 1;
          z[2 * p] = (z[2 * p] - (inverse ? 0 : held[0])) * w;
          z[2 * p + 1] = (z[2 * p + 1] - (inverse ? 0 : held[1])) * w;
          scale = Math.max(scale, Math.hypot(z[2 * p], z[2 * p + 1]));
          energy += z[2 * p] * z[2 * p] + z[2 * p + 1] * z[2 * p + 1];
        }
        scale = scale > 1e-300 || Double.isNaN(scale) ? scale * (1 + 0x1p-21) : 0;
        for (int j = 0; j < values; j++) {
          double sign = inverse && j % 2 == 1 ? -1 : 1;
          fields.values[i * values + j] = (float) (scale == 0 ? 0 : sign * z[j] / scale);
        }
        facts[FACTS * i] = held[0];
        facts[FACTS * i + 1] = inverse ? -held[1] : held[1];
        facts[FACTS * i + 2] = Double.isFinite(scale) ? scale : Double.NaN;
        facts[FACTS * i + 3] = scale == 0 ? 0 : Math.sqrt(energy) / scale;
      }
    }

    @Override
    public void show(
        int n,
        long[] ids,
        int[] repeats,
        double[] meterExposures,
        double[] exposures,
        int[] saturated) {
      sequence.size(n);
      for (int i = 0; i < n; i++) {
        sequence.identify(i, ids[i], repeats[i]);
        sequence.meterExposure(i, meterExposures[i]);
      }
      device.submit(sequence, JobOptions.defaults()).await();
      int readouts = coding.readouts().size();
      for (int i = 0; i < n * readouts; i++) {
        exposures[i] = sequence.exposure(i / readouts, i % readouts);
        saturated[i] = sequence.saturated(i / readouts, i % readouts);
      }
    }

    @Override
    public void reconstruct(int n, boolean inverse, double[] numbers) {
      float[] rows = coding.rowFactors();
      float[] cols = coding.colFactors();
      int pixels = shape.pixels();
      boolean fourStep = coding.mode() == ReadoutMode.FOUR_STEP;
      for (int i = 0; i < n; i++) {
        int from = i * (fourStep ? 4 : 2) * pixels;
        double factor = numbers[NUMBERS * i] * numbers[NUMBERS * i + 1];
        for (int p = 0; p < pixels; p++) {
          int row = p / shape.cols();
          int col = p % shape.cols();
          double x = counts[from + p] - (fourStep ? counts[from + p + 2 * pixels] : 0);
          double y = counts[from + p + pixels] - (fourStep ? counts[from + p + 3 * pixels] : 0);
          double re = rows[2 * row] * cols[2 * col] - rows[2 * row + 1] * cols[2 * col + 1];
          double im = rows[2 * row] * cols[2 * col + 1] + rows[2 * row + 1] * cols[2 * col];
          int k =
              (row + shape.rows() - shape.axisRow()) % shape.rows() * shape.cols()
                  + (col + shape.cols() - shape.axisCol()) % shape.cols();
          boolean added = inverse || k == 0;
          double outRe = factor == 0 ? 0 : factor * (x * re - y * im);
          double outIm = factor == 0 ? 0 : factor * (x * im + y * re);
          fields.values[2 * (i * pixels + k)] =
              (float) (outRe + (added ? numbers[NUMBERS * i + 2] : 0));
          fields.values[2 * (i * pixels + k) + 1] =
              (float) ((inverse ? -outIm : outIm) + (added ? numbers[NUMBERS * i + 3] : 0));
        }
      }
    }

    @Override
    public void close() {
      fields.close();
    }
  }

  /** Place in the maps of a sample of a field's plane, or -1. */
  private static int place(FieldTiles tiles, long field, int part, int row, int col) {
    FieldTiles.Axis rows = tiles.rows();
    FieldTiles.Axis cols = tiles.cols();
    long tile = field / tiles.pairs();
    long image = tile / tiles.tiles();
    int inImage = (int) (tile % tiles.tiles());
    int plane = 2 * (int) (field % tiles.pairs()) + part;
    if (plane >= tiles.planes()) {
      return -1;
    }
    int across = cols.offsets().size();
    int down = rows.offsets().size();
    int r =
        rows.offsets().get(plane / across % down)
            + rows.step() * (rows.advance() * (inImage / cols.tiles()) + row);
    int c =
        cols.offsets().get(plane % across)
            + cols.step() * (cols.advance() * (inImage % cols.tiles()) + col);
    if (r < 0 || r >= rows.size() || c < 0 || c >= cols.size()) {
      return -1;
    }
    long map = image * tiles.channels() + plane / (across * down);
    return Math.toIntExact((map * rows.size() + r) * cols.size() + c);
  }

  @Override
  public void cut(FieldTiles tiles, DeviceBuffer maps, long first, int n, DeviceBuffer fields) {
    FrameShape frame = tiles.frame();
    for (int i = 0; i < 2 * n * frame.pixels(); i++) {
      int p = i / 2 % frame.pixels();
      long field = first + i / 2 / frame.pixels();
      int from = place(tiles, field, i % 2, p / frame.cols(), p % frame.cols());
      of(fields)[i] = from < 0 ? 0 : of(maps)[from];
    }
  }

  @Override
  public void paste(
      FieldTiles tiles,
      DeviceBuffer fields,
      long first,
      int n,
      DeviceBuffer bias,
      DeviceBuffer maps) {
    FrameShape frame = tiles.frame();
    int perMap = tiles.rows().size() * tiles.cols().size();
    for (int i = 0; i < 2 * n * frame.pixels(); i++) {
      int p = i / 2 % frame.pixels();
      int row = p / frame.cols();
      int col = p % frame.cols();
      int to =
          row < tiles.rows().advance() && col < tiles.cols().advance()
              ? place(tiles, first + i / 2 / frame.pixels(), i % 2, row, col)
              : -1;
      if (to >= 0) {
        float add = bias == null ? 0 : of(bias)[to / perMap % tiles.channels()];
        of(maps)[to] = of(fields)[i] + add;
      }
    }
  }

  /** Place in the spectra of a frequency of a field's plane. */
  private static int place(SpectraLayout layout, long field, int part, int row, int col) {
    long tile = field / layout.pairs();
    int plane = 2 * (int) (field % layout.pairs()) + part;
    int frequency = row * (layout.frame().cols() / 2 + 1) + col;
    long at = tile / layout.columns() * layout.frequencies() + frequency;
    return Math.toIntExact(
        2 * ((at * layout.planes() + plane) * layout.columns() + tile % layout.columns()));
  }

  @Override
  public void separate(
      SpectraLayout layout, DeviceBuffer fields, long first, int n, DeviceBuffer spectra) {
    FrameShape frame = layout.frame();
    float[] z = of(fields);
    for (int i = 0; i < n; i++) {
      for (int row = 0; row < frame.rows(); row++) {
        for (int col = 0; col <= frame.cols() / 2; col++) {
          int k = 2 * (i * frame.pixels() + row * frame.cols() + col);
          int mirror = 2 * (i * frame.pixels() + mirror(frame, row, col));
          int to = place(layout, first + i, 0, row, col);
          of(spectra)[to] = z[k] + z[mirror];
          of(spectra)[to + 1] = z[k + 1] - z[mirror + 1];
          if (2 * ((first + i) % layout.pairs()) + 1 < layout.planes()) {
            to = place(layout, first + i, 1, row, col);
            of(spectra)[to] = z[k + 1] + z[mirror + 1];
            of(spectra)[to + 1] = z[mirror] - z[k];
          }
        }
      }
    }
  }

  private static int mirror(FrameShape frame, int row, int col) {
    return (frame.rows() - row) % frame.rows() * frame.cols() + (frame.cols() - col) % frame.cols();
  }

  @Override
  public void join(
      SpectraLayout layout, DeviceBuffer spectra, long first, int n, DeviceBuffer fields) {
    FrameShape frame = layout.frame();
    for (int i = 0; i < n; i++) {
      boolean both = 2 * ((first + i) % layout.pairs()) + 1 < layout.planes();
      for (int p = 0; p < frame.pixels(); p++) {
        int row = p / frame.cols();
        int col = p % frame.cols();
        boolean kept = col <= frame.cols() / 2;
        int r = kept ? row : (frame.rows() - row) % frame.rows();
        int c = kept ? col : frame.cols() - col;
        int one = place(layout, first + i, 0, r, c);
        int two = both ? place(layout, first + i, 1, r, c) : -1;
        float sign = kept ? 1 : -1;
        float re2 = both ? of(spectra)[two] : 0;
        float im2 = both ? sign * of(spectra)[two + 1] : 0;
        int to = 2 * (i * frame.pixels() + p);
        of(fields)[to] = of(spectra)[one] - im2;
        of(fields)[to + 1] = sign * of(spectra)[one + 1] + re2;
      }
    }
  }

  @Override
  public void combine(
      FieldProducts products,
      DeviceBuffer factors,
      DeviceBuffer fields,
      long first,
      int n,
      DeviceBuffer results) {
    FrameShape frame = products.frame();
    int pixels = frame.pixels();
    for (int i = 0; i < n * pixels; i++) {
      long result = first + i / pixels;
      int k = i % pixels;
      int mirror = mirror(frame, k / frame.cols(), k % frame.cols());
      int from = (int) (result % products.results()) * products.inputs();
      double re = 0;
      double im = 0;
      for (int j = 0; j < products.inputs() && from + j < products.pairs(); j++) {
        int slot = (int) (products.firstField(result) + j - products.firstField(first));
        int f = 4 * (from + j) * pixels + k;
        double aRe = of(factors)[f];
        double aIm = of(factors)[f + pixels];
        double bRe = of(factors)[f + 2 * pixels];
        double bIm = of(factors)[f + 3 * pixels];
        double zRe = of(fields)[2 * (slot * pixels + k)];
        double zIm = of(fields)[2 * (slot * pixels + k) + 1];
        double mRe = of(fields)[2 * (slot * pixels + mirror)];
        double mIm = -of(fields)[2 * (slot * pixels + mirror) + 1];
        re += aRe * zRe - aIm * zIm + bRe * mRe - bIm * mIm;
        im += aRe * zIm + aIm * zRe + bRe * mIm + bIm * mRe;
      }
      of(results)[2 * i] = (float) re;
      of(results)[2 * i + 1] = (float) im;
    }
  }

  @Override
  public void multiply(
      int matrices,
      int m,
      int k,
      int n,
      DeviceBuffer a,
      long aAt,
      DeviceBuffer x,
      long xAt,
      DeviceBuffer y,
      long yAt) {
    for (int i = 0; i < matrices * m * n; i++) {
      int matrix = i / (m * n);
      int row = i / n % m;
      int col = i % n;
      double re = 0;
      double im = 0;
      for (int j = 0; j < k; j++) {
        int left = (int) aAt + 2 * ((matrix * m + row) * k + j);
        int right = (int) xAt + 2 * ((matrix * k + j) * n + col);
        double aRe = of(a)[left];
        double aIm = of(a)[left + 1];
        re += aRe * of(x)[right] - aIm * of(x)[right + 1];
        im += aRe * of(x)[right + 1] + aIm * of(x)[right];
      }
      of(y)[(int) yAt + 2 * i] = (float) re;
      of(y)[(int) yAt + 2 * i + 1] = (float) im;
    }
  }
}
