// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.FrameShape;
import org.ofp.optics.LensFactors;
import org.ofp.optics.LightTables;
import org.ofp.optics.PowerTables;

/**
 * Stages 2 to 4 for frames of one shape: displayed amplitude → light in the modulator's plane →
 * field, and power, at the sensor's pixels. The field of a lens that maps the DFT's bins to pixels
 * is left as the DFT; who reads it puts it in order ({@code ofp_centred} in lens.cuh). Immutable
 * once made; safe for use by several threads, each with {@link Transforms} of its own.
 */
final class LightStage {
  private final Launcher launcher;
  private final FrameShape shape;
  private final LightTables tables;
  private final long plane;
  private final long openPlane;

  /** Null where the pattern falls bin by bin on the detector. */
  private final PlacesTable places;

  private final long placeWeights;
  private final Power power;
  private final long gaps;

  /** Tables of the power at the pixels; null places where they are at the DFT's bins. */
  private record Power(
      long rowWeights,
      long colWeights,
      long rowTransfer,
      long colTransfer,
      PlacesTable places,
      long placeAmplitudes,
      long gapLight) {}

  LightStage(
      LightTables tables,
      FrameShape shape,
      TableStore store,
      Launcher launcher,
      Transforms transforms,
      GpuStream stream) {
    this.launcher = launcher;
    this.shape = shape;
    this.tables = tables;
    plane = store.floats(tables.plane());
    openPlane = tables.openPlane() == tables.plane() ? plane : store.floats(tables.openPlane());
    places = PlacesTable.of(tables.places(), store);
    placeWeights = places == null ? 0 : store.floats(tables.sampling().weights());
    gaps = tables.gapWeights() == null ? 0 : gaps(store, transforms, stream);
    power = tables.power() == null ? null : power(store, transforms, stream);
    stream.synchronize();
  }

  /** The gaps' light at the sensor: that of an even panel through the lens, weighted. */
  private long gaps(TableStore store, Transforms transforms, GpuStream stream) {
    int pixels = shape.pixels();
    long frameBytes = 2L * Float.BYTES * pixels;
    long light = store.zeros(frameBytes * transforms.frames().padded(1));
    stream.copy(store.floats(tables.evenLight(true)), light, frameBytes);
    long field = light;
    if (places == null) {
      LensFactors ideal = LensFactors.ideal(shape);
      transforms.frames().transform(light, 1, false);
      field = store.zeros(frameBytes);
      launcher.frames(
          stream,
          "centre",
          1,
          pixels,
          light,
          field,
          shape.rows(),
          shape.cols(),
          store.floats(ideal.rowFactors()),
          store.floats(SensorRecord.interleaved(ideal.colRe(), ideal.colIm())),
          transforms.frames().scale());
    } else {
      look(stream, transforms, light, 1, store.floats(tables.sampling().amplitudes()));
    }
    launcher.frames(
        stream, "weigh", 1, pixels, field, pixels, store.floats(tables.gapWeights()), 1f);
    return field;
  }

  private Power power(TableStore store, Transforms transforms, GpuStream stream) {
    PowerTables host = tables.power();
    PlacesTable powerPlaces = PlacesTable.of(host.places(), store);
    long gapLight = 0;
    if (host.gapWeights() != null) {
      int finePixels = 4 * shape.pixels();
      gapLight = store.zeros(2L * Float.BYTES * finePixels * transforms.fine().padded(1));
      pad(stream, store.floats(tables.evenLight(false)), gapLight, 1);
      transforms.fine().transform(gapLight, 1, false);
      launcher.frames(
          stream,
          "weigh",
          1,
          finePixels,
          gapLight,
          finePixels,
          store.floats(host.gapWeights()),
          transforms.fine().scale());
    }
    return new Power(
        store.floats(host.rowWeights()),
        store.floats(host.colWeights()),
        store.floats(host.rowTransfer()),
        store.floats(host.colTransfer()),
        powerPlaces,
        powerPlaces == null ? 0 : store.floats(tables.sampling().amplitudes()),
        gapLight);
  }

  /** Factors of the transform; null if fields are in the detector's order. */
  LensFactors lens() {
    return tables.lens();
  }

  /** Address of the gaps' light; 0 if there is none. */
  long gapLight() {
    return gaps;
  }

  /** Whether there is a power beside that of the field. */
  boolean integratesPower() {
    return power != null;
  }

  /** Address of the factors that the modulator can apply in passing; 0 if there are none. */
  long planeInPassing() {
    return power == null ? plane : 0;
  }

  /**
   * Queues the light's way.
   *
   * @param light displayed frames, times {@link #planeInPassing}; receives the fields
   * @param powers receives the power of each pixel, where {@link #integratesPower}
   */
  void illuminate(GpuStream stream, Transforms transforms, long light, int frames, long powers) {
    if (power != null) {
      average(stream, transforms, light, frames, powers);
      if (plane != 0) {
        launcher.frames(
            stream, "multiply_plane", frames, shape.pixels(), light, light, shape.pixels(), plane);
      }
    }
    if (places == null) {
      transforms.frames().transform(light, frames, false);
    } else {
      look(stream, transforms, light, frames, placeWeights);
    }
  }

  /** Fields between the DFT's bins, some frames at a time. */
  private void look(GpuStream stream, Transforms transforms, long light, int frames, long weights) {
    int pixels = shape.pixels();
    FrameFft fft = transforms.grid();
    float unitary = (float) (1 / Math.sqrt(pixels));
    for (int first = 0; first < frames; first += fft.batch()) {
      int count = Math.min(fft.batch(), frames - first);
      long at = light + 2L * Float.BYTES * pixels * first;
      long grid = spread(stream, transforms.gridMemory(), fft, places, at, count);
      launcher.frames(
          stream,
          "look",
          count,
          pixels,
          grid,
          at,
          pixels,
          places.gridRows(),
          places.gridCols(),
          places.rowFirst(),
          places.rowNeighbours(),
          places.colFirst(),
          places.colNeighbours(),
          weights,
          unitary,
          fft.scale());
    }
  }

  private long spread(
      GpuStream stream, long grid, FrameFft fft, PlacesTable table, long from, int count) {
    stream.clear(grid, 2L * Float.BYTES * table.gridPixels() * count);
    launcher.frames(
        stream,
        "spread",
        count,
        table.rows() * table.cols(),
        from,
        grid,
        table.rows(),
        table.cols(),
        table.gridRows(),
        table.gridCols(),
        table.rowWeights(),
        table.colWeights());
    fft.transform(grid, count, false);
    return grid;
  }

  /** Power averaged over the pixels, some frames at a time. */
  private void average(
      GpuStream stream, Transforms transforms, long light, int frames, long powers) {
    int pixels = shape.pixels();
    FrameFft fine = transforms.fine();
    long grid = transforms.fineMemory();
    for (int first = 0; first < frames; first += fine.batch()) {
      int count = Math.min(fine.batch(), frames - first);
      long from = light + 2L * Float.BYTES * pixels * first;
      if (openPlane != 0) {
        long open = transforms.openLight();
        launcher.frames(stream, "multiply_plane", count, pixels, from, open, pixels, openPlane);
        from = open;
      }
      pad(stream, from, grid, count);
      fine.transform(grid, count, false);
      launcher.frames(
          stream,
          "square",
          count,
          4 * pixels,
          grid,
          2 * shape.rows(),
          2 * shape.cols(),
          power.rowWeights(),
          power.colWeights(),
          power.gapLight(),
          fine.scale());
      fine.transform(grid, count, true);
      long to = powers + (long) Float.BYTES * pixels * first;
      if (power.places() == null) {
        fold(stream, transforms, grid, count, to);
      } else {
        interpolate(stream, transforms, grid, count, to);
      }
    }
  }

  private void pad(GpuStream stream, long frames, long grid, int count) {
    stream.clear(grid, 8L * Float.BYTES * shape.pixels() * count);
    launcher.frames(stream, "pad", count, shape.pixels(), frames, grid, shape.rows(), shape.cols());
  }

  private void fold(GpuStream stream, Transforms transforms, long grid, int count, long to) {
    long folded = transforms.folded();
    launcher.frames(
        stream,
        "fold",
        count,
        shape.pixels(),
        grid,
        folded,
        shape.rows(),
        shape.cols(),
        power.rowTransfer(),
        power.colTransfer(),
        transforms.fine().scale());
    transforms.frames().transform(folded, count, false);
    launcher.frames(
        stream,
        "centre_power",
        count,
        shape.pixels(),
        folded,
        to,
        shape.rows(),
        shape.cols(),
        transforms.frames().scale());
  }

  private void interpolate(GpuStream stream, Transforms transforms, long grid, int count, long to) {
    int finePixels = 4 * shape.pixels();
    long centred = transforms.centred();
    launcher.frames(
        stream,
        "middle",
        count,
        finePixels,
        grid,
        centred,
        2 * shape.rows(),
        2 * shape.cols(),
        power.rowTransfer(),
        power.colTransfer(),
        transforms.fine().scale());
    PlacesTable table = power.places();
    FrameFft fft = transforms.fineGrid();
    float unitary = (float) (1 / Math.sqrt((double) finePixels));
    for (int first = 0; first < count; first += fft.batch()) {
      int n = Math.min(fft.batch(), count - first);
      long from = centred + 2L * Float.BYTES * finePixels * first;
      long sums = spread(stream, transforms.fineGridMemory(), fft, table, from, n);
      launcher.frames(
          stream,
          "look_power",
          n,
          shape.pixels(),
          sums,
          to + (long) Float.BYTES * shape.pixels() * first,
          shape.pixels(),
          table.gridRows(),
          table.gridCols(),
          table.rowFirst(),
          table.rowNeighbours(),
          table.colFirst(),
          table.colNeighbours(),
          power.placeAmplitudes(),
          unitary,
          fft.scale());
    }
  }
}
