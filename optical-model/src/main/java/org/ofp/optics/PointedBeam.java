// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.FrameShape;

/**
 * The beam's pointing from frame to frame: a tilt α moves all of the pattern by N·pitch·α/λ
 * detector pixels. One tilt per frame, the same for its reads.
 */
public final class PointedBeam {
  private PointedBeam() {}

  /** Whether the beam of a bench points elsewhere at every frame. */
  public static boolean wanders(BenchParameters bench) {
    return bench.beam().pointing() != 0;
  }

  /**
   * The bench as one frame finds it: shifted, all tables of light to be made anew, those of the
   * gaps' light and the pixels' envelope, too.
   *
   * @param id the caller's frame id
   */
  public static BenchParameters of(BenchParameters bench, FrameShape shape, long id, int repeat) {
    long key = CounterRandom.key(bench.seed(), id, repeat, 0, NoiseStage.BEAM);
    double turns = bench.slm().pitch() * bench.beam().pointing() / bench.beam().wavelength();
    double y = shape.rows() * turns * NormalQuantile.gaussian(key, NoiseStage.BEAM_TILT_ROWS);
    double x = shape.cols() * turns * NormalQuantile.gaussian(key, NoiseStage.BEAM_TILT_COLS);
    return bench.shifted(x, y);
  }
}
