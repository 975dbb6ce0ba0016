// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.FrameShape;
import org.ofp.device.ReadoutMode;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.LightTables;
import org.ofp.optics.ReadModel;

/**
 * A bench as frames of one shape pass it, with all tables in the GPU's memory: what the simulator's
 * stages are. Immutable once made; safe for use by several threads.
 */
final class BenchTables implements AutoCloseable {
  private final BenchParameters bench;
  private final FrameShape shape;
  private final Launcher launcher;
  private final LightTables tables;
  private final TableStore store;
  private final ModulatorStage modulator;
  private final LightStage light;
  private final ReadModel reads;
  private final long sensor;

  /** Makes the tables and waits until they are on the GPU. */
  BenchTables(
      BenchParameters bench,
      FrameShape shape,
      Gpu gpu,
      GpuFft fft,
      NoiseOnGpu noise,
      Launcher launcher,
      GpuStream stream) {
    this.bench = bench;
    this.shape = shape;
    this.launcher = launcher;
    tables = new LightTables(bench, shape);
    store = new TableStore(gpu, stream, "tables for frames of " + shape);
    try (Transforms transforms = new Transforms(gpu, fft, shape, tables, stream)) {
      modulator = new ModulatorStage(bench, shape, store, launcher);
      light = new LightStage(tables, shape, store, launcher, transforms, stream);
      reads = new ReadModel(bench);
      sensor =
          SensorRecord.upload(
              bench,
              shape,
              light.lens(),
              light.gapLight(),
              fft.scale(shape.rows(), shape.cols()),
              noise,
              store);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  BenchParameters bench() {
    return bench;
  }

  FrameShape shape() {
    return shape;
  }

  Launcher launcher() {
    return launcher;
  }

  LightTables tables() {
    return tables;
  }

  ModulatorStage modulator() {
    return modulator;
  }

  LightStage light() {
    return light;
  }

  ReadModel reads() {
    return reads;
  }

  /** Address of the {@link SensorRecord}. */
  long sensor() {
    return sensor;
  }

  boolean coherent() {
    return bench.readout() == ReadoutMode.COHERENT;
  }

  /** Values per pixel of a read. */
  int planes() {
    return bench.readout().planes();
  }

  @Override
  public void close() {
    store.close();
  }
}
