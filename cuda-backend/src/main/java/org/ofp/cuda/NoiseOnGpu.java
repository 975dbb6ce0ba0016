// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.optics.NoiseTables;

/**
 * The tables of random numbers in a GPU's memory, which all benches have in common; uploaded when
 * they are first asked for. Safe for use by several threads.
 */
final class NoiseOnGpu implements AutoCloseable {
  private final Gpu gpu;
  private TableStore store;
  private long chords;
  private long cumulative;
  private long guide;

  NoiseOnGpu(Gpu gpu) {
    this.gpu = gpu;
  }

  /** Address of {@link NoiseTables#normalChords}. */
  synchronized long chords() {
    upload();
    return chords;
  }

  /** Address of {@link NoiseTables#poissonCumulative}. */
  synchronized long cumulative() {
    upload();
    return cumulative;
  }

  /** Address of {@link NoiseTables#poissonGuide}. */
  synchronized long guide() {
    upload();
    return guide;
  }

  private void upload() {
    if (store != null) {
      return;
    }
    try (GpuStream stream = gpu.openStream()) {
      TableStore tables = new TableStore(gpu, stream, "tables of random numbers");
      try {
        chords = tables.floats(NoiseTables.normalChords());
        cumulative = tables.doubles(NoiseTables.poissonCumulative());
        guide = tables.bytes(NoiseTables.poissonGuide());
      } catch (RuntimeException | Error e) {
        tables.close();
        throw e;
      }
      store = tables;
    }
  }

  @Override
  public synchronized void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
