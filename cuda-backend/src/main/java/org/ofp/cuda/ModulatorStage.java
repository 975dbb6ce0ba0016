// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.Arrays;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.CrosstalkTransfer;
import org.ofp.optics.ModulatorTables;
import org.ofp.optics.Response;
import org.ofp.optics.Settling;

/**
 * Stage 1 for frames of one shape: requested → displayed amplitude, and times the factors of the
 * modulator's plane where these can be had in passing. The three ways are those of {@link
 * ModulatorTables}. Immutable once made; safe for use by several threads, each with its own stream.
 */
final class ModulatorStage {
  private final Launcher launcher;
  private final FrameShape shape;
  private final ModulatorTables tables;
  private final Settling settling;

  /** Address of what bad pixels show, NaN for good ones; 0 if there are none. */
  private final long bad;

  private final long magnitudes;
  private final long circle;
  private final long rowTransfer;
  private final long colTransfer;
  private final long amplitudeTable;
  private final long phaseTable;

  ModulatorStage(BenchParameters bench, FrameShape shape, TableStore store, Launcher launcher) {
    this.launcher = launcher;
    this.shape = shape;
    tables = new ModulatorTables(bench, shape);
    settling = Settling.of(bench);
    bad = tables.badPixels().length == 0 ? 0 : store.floats(badPixels());
    magnitudes = store.floats(tables.magnitudes());
    circle = store.floats(tables.circle());
    double sigma = bench.slm().crosstalk();
    rowTransfer = sigma == 0 ? 0 : store.floats(CrosstalkTransfer.of(sigma, shape.rows()));
    colTransfer = sigma == 0 ? 0 : store.floats(CrosstalkTransfer.of(sigma, shape.cols()));
    amplitudeTable = store.doubles(tables.display().amplitudeResponse().table());
    phaseTable = store.doubles(tables.display().phaseResponse().table());
  }

  /** Whether frames are shown as they are, apart from the clamp. */
  boolean isTransparent() {
    return tables.isTransparent();
  }

  private float[] badPixels() {
    float[] shown = new float[2 * shape.pixels()];
    Arrays.fill(shown, Float.NaN);
    int[] pixels = tables.badPixels();
    for (int i = 0; i < pixels.length; i++) {
      shown[2 * pixels[i]] = tables.badAmplitudes()[2 * i];
      shown[2 * pixels[i] + 1] = tables.badAmplitudes()[2 * i + 1];
    }
    return shown;
  }

  /**
   * Queues what the panel shows for {@code frames} frames, in place.
   *
   * @param plane address of the plane's factors, 0 if they are all 1 or are not to be applied
   * @param panel address of the panel's state, 0 if it settles at once
   * @param fft for frames of this shape
   */
  void show(GpuStream stream, long amplitudes, int frames, long plane, long panel, FrameFft fft) {
    int pixels = shape.pixels();
    if (tables.isContinuous()) {
      launcher.frames(
          stream, "show_continuous", frames, pixels, amplitudes, amplitudes, pixels, bad, plane);
    } else if (tables.isLookUp()) {
      int phases = tables.circle().length / 2;
      launcher.frames(
          stream,
          "show_levels",
          frames,
          pixels,
          amplitudes,
          amplitudes,
          pixels,
          magnitudes,
          tables.magnitudes() == null ? 0 : tables.magnitudes().length,
          circle,
          phases,
          (float) (2 * phases / (4 * Math.PI)),
          bad,
          plane);
    } else {
      drive(stream, amplitudes, frames, panel, fft);
      display(stream, amplitudes, frames, plane);
    }
  }

  private void drive(GpuStream stream, long frames, int count, long panel, FrameFft fft) {
    int pixels = shape.pixels();
    Modulation modulation = tables.drive().modulation();
    launcher.frames(
        stream,
        "set_drives",
        count,
        pixels,
        frames,
        frames,
        pixels,
        tables.drive().isQuadratures() ? 1 : 0,
        modulation == Modulation.PHASE_ONLY ? 1 : 0,
        modulation == Modulation.AMPLITUDE_ONLY ? 1 : 0,
        tables.drive().steps(),
        tables.drive().levels());
    if (rowTransfer != 0) {
      fft.transform(frames, count, false);
      launcher.frames(
          stream,
          "blur",
          count,
          pixels,
          frames,
          shape.rows(),
          shape.cols(),
          rowTransfer,
          colTransfer,
          fft.scale());
      fft.transform(frames, count, true);
      launcher.line(
          stream, "scale_values", 2L * pixels * count, frames, 2L * pixels * count, fft.scale());
    }
    if (settling != null) {
      for (int i = 0; i < count; i++) {
        settle(stream, frames + 2L * Float.BYTES * pixels * i, panel);
      }
    }
  }

  private void settle(GpuStream stream, long frame, long panel) {
    FrameShape full = settling.panel();
    launcher.frames(
        stream,
        "settle",
        1,
        full.pixels(),
        frame,
        shape.rows(),
        shape.cols(),
        panel,
        full.rows(),
        full.cols(),
        settling.top(shape),
        settling.left(shape),
        settling.share());
  }

  private void display(GpuStream stream, long frames, int count, long plane) {
    Response amplitude = tables.display().amplitudeResponse();
    Response phase = tables.display().phaseResponse();
    launcher.frames(
        stream,
        "show_drives",
        count,
        shape.pixels(),
        frames,
        frames,
        shape.pixels(),
        tables.display().isQuadratures() ? 1 : 0,
        tables.display().isPhaseOnly() ? 1 : 0,
        amplitudeTable,
        length(amplitude),
        amplitude.gamma(),
        phaseTable,
        length(phase),
        phase.gamma(),
        tables.display().phaseRange(),
        tables.display().floor(),
        bad,
        plane);
  }

  private static int length(Response response) {
    return response.table() == null ? 0 : response.table().length;
  }
}
