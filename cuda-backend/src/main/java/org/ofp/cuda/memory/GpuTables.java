// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.device.FieldTiles;

/**
 * The axes of tiles as the kernels read them, each uploaded once. To be used with the memory's
 * lock.
 */
final class GpuTables implements AutoCloseable {
  /** Layers have a few axes each; many networks have had their time when there are more. */
  private static final int MOST = 1024;

  private final CudaMemory memory;
  private final Staging staging;
  private final Map<List<Integer>, GpuMemory> tables = new HashMap<>();

  GpuTables(CudaMemory memory, Staging staging) {
    this.memory = memory;
    this.staging = staging;
  }

  /** To be called before the tables of a launch are asked for: they are not dropped until then. */
  void makeRoom() {
    if (tables.size() >= MOST) {
      close();
    }
  }

  /** Address of size, step, advance, tiles, planes, and the planes' offsets, as integers. */
  long of(FieldTiles.Axis axis) {
    List<Integer> values = new ArrayList<>(5 + axis.offsets().size());
    values.add(axis.size());
    values.add(axis.step());
    values.add(axis.advance());
    values.add(axis.tiles());
    values.add(axis.offsets().size());
    values.addAll(axis.offsets());
    GpuMemory known = tables.get(values);
    if (known == null) {
      known = upload(values);
      tables.put(values, known);
    }
    return known.address();
  }

  private GpuMemory upload(List<Integer> values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.size() * Integer.BYTES);
    bytes.order(ByteOrder.nativeOrder());
    values.forEach(bytes::putInt);
    GpuMemory table = memory.block("tables", bytes.capacity());
    // Integers in the place of floats: copied as they are.
    staging.upload(bytes.flip().asFloatBuffer(), 0, table.address(), values.size());
    return table;
  }

  /** Gives the tables back. */
  @Override
  public void close() {
    tables.values().forEach(memory::giveBack);
    tables.clear();
  }
}
