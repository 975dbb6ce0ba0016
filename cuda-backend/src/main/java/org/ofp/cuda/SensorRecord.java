// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.ofp.device.FrameShape;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.FixedPattern;
import org.ofp.optics.LensFactors;

/** Writes what all reads of a bench share as the {@code struct Sensor} of sensor.cuh. */
final class SensorRecord {
  private static final int BYTES = 96;

  private SensorRecord() {}

  /**
   * Uploads tables and record.
   *
   * @param lens factors of the transform; null if fields are in the detector's order
   * @param gaps address of the gaps' light; 0 if there is none
   * @param scale of the transform
   * @param noise tables of random numbers
   * @return the record's address
   */
  static long upload(
      BenchParameters bench,
      FrameShape shape,
      LensFactors lens,
      long gaps,
      float scale,
      NoiseOnGpu noise,
      TableStore store) {
    int planes = bench.readout().planes();
    FixedPattern pattern = new FixedPattern(bench, shape);
    double readNoise = bench.sensor().readNoise();
    long[] tables = {
      lens == null ? 0 : store.floats(lens.rowFactors()),
      lens == null ? 0 : store.floats(interleaved(lens.colRe(), lens.colIm())),
      gaps,
      store.planes(pattern.responsivity(planes)),
      store.planes(pattern.darkSignal(planes)),
      noise.chords(),
      noise.cumulative(),
      noise.guide()
    };
    return store.upload(
        BYTES,
        to -> {
          for (long table : tables) {
            to.putLong(table);
          }
          to.putInt(shape.rows()).putInt(shape.cols()).putInt(planes);
          to.putInt(bench.sensor().shotNoise() ? 1 : 0);
          to.putInt(bench.sensor().adcBits() > 0 ? 1 : 0);
          to.putFloat((float) (readNoise * readNoise));
          to.putFloat((float) Math.sqrt(readNoise * readNoise));
          to.putFloat(scale);
        });
  }

  /** Pairs of parts. */
  static float[] interleaved(float[] re, float[] im) {
    float[] both = new float[2 * re.length];
    for (int i = 0; i < re.length; i++) {
      both[2 * i] = re[i];
      both[2 * i + 1] = im[i];
    }
    return both;
  }
}
