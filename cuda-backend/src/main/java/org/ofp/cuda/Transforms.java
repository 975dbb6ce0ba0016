// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.ArrayList;
import java.util.List;
import org.ofp.cuda.gpu.Closing;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.FrameShape;
import org.ofp.optics.LightTables;
import org.ofp.optics.NonuniformTables;

/**
 * The transforms that the light of one bench needs, with their work memory, for one stream. Made
 * where they are first used: most benches need those of frames alone. Used by one thread at a time.
 */
final class Transforms implements AutoCloseable {
  private static final long COMPLEX = 2L * Float.BYTES;

  private final Gpu gpu;
  private final GpuFft library;
  private final FrameShape shape;
  private final LightTables tables;
  private final GpuStream stream;

  private FrameFft frames;
  private FrameFft fine;
  private FrameFft grid;
  private FrameFft fineGrid;
  private GpuMemory gridMemory;
  private GpuMemory fineMemory;
  private GpuMemory fineGridMemory;
  private GpuMemory openLight;
  private GpuMemory folded;
  private GpuMemory centred;

  Transforms(Gpu gpu, GpuFft library, FrameShape shape, LightTables tables, GpuStream stream) {
    this.gpu = gpu;
    this.library = library;
    this.shape = shape;
    this.tables = tables;
    this.stream = stream;
  }

  /** Of frames. */
  FrameFft frames() {
    if (frames == null) {
      frames = new FrameFft(library, shape.rows(), shape.cols(), stream);
    }
    return frames;
  }

  /** Of frames padded to twice their sides. */
  FrameFft fine() {
    if (fine == null) {
      fine = new FrameFft(library, 2 * shape.rows(), 2 * shape.cols(), stream);
    }
    return fine;
  }

  /** Of the grid for sums between the bins of a frame. */
  FrameFft grid() {
    if (grid == null) {
      NonuniformTables places = tables.places();
      grid = new FrameFft(library, places.gridRows(), places.gridCols(), stream);
    }
    return grid;
  }

  /** Of the grid for sums between the bins of a padded frame. */
  FrameFft fineGrid() {
    if (fineGrid == null) {
      NonuniformTables places = tables.power().places();
      fineGrid = new FrameFft(library, places.gridRows(), places.gridCols(), stream);
    }
    return fineGrid;
  }

  /** Room for a batch of {@link #grid}. */
  long gridMemory() {
    if (gridMemory == null) {
      gridMemory = room(pixels(tables.places()), grid().batch());
    }
    return gridMemory.address();
  }

  /** Room for a batch of {@link #fine}. */
  long fineMemory() {
    if (fineMemory == null) {
      fineMemory = room(4L * shape.pixels(), fine().batch());
    }
    return fineMemory.address();
  }

  /** Room for a batch of {@link #fineGrid}. */
  long fineGridMemory() {
    if (fineGridMemory == null) {
      fineGridMemory = room(pixels(tables.power().places()), fineGrid().batch());
    }
    return fineGridMemory.address();
  }

  /** Room for as many frames of light as {@link #fine} has in a batch. */
  long openLight() {
    if (openLight == null) {
      openLight = room(shape.pixels(), fine().batch());
    }
    return openLight.address();
  }

  /** Room for as many frames, to be transformed. */
  long folded() {
    if (folded == null) {
      folded = room(shape.pixels(), frames().padded(fine().batch()));
    }
    return folded.address();
  }

  /** Room for as many padded frames. */
  long centred() {
    if (centred == null) {
      centred = room(4L * shape.pixels(), fine().batch());
    }
    return centred.address();
  }

  private static long pixels(NonuniformTables tables) {
    return (long) tables.gridRows() * tables.gridCols();
  }

  private GpuMemory room(long pixels, int frames) {
    GpuMemory memory = gpu.allocate("light of " + shape + " frames", COMPLEX * pixels * frames);
    // Whole batches are transformed, also where there are fewer frames.
    stream.clear(memory.address(), memory.bytes());
    return memory;
  }

  @Override
  public void close() {
    List<Runnable> closings = new ArrayList<>();
    for (AutoCloseable owned :
        new AutoCloseable[] {
          frames,
          fine,
          grid,
          fineGrid,
          gridMemory,
          fineMemory,
          fineGridMemory,
          openLight,
          folded,
          centred
        }) {
      closings.add(() -> close(owned));
    }
    Closing.all(closings);
  }

  private static void close(AutoCloseable owned) {
    if (owned instanceof FrameFft fft) {
      fft.close();
    } else if (owned instanceof GpuMemory memory) {
      memory.close();
    }
  }
}
