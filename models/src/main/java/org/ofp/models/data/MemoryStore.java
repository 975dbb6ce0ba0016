// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Samples in the heap. */
final class MemoryStore implements SampleStore {
  private volatile AtomicReferenceArray<int[]> samples;

  MemoryStore(int count) {
    samples = new AtomicReferenceArray<>(count);
  }

  @Override
  public void write(int index, int[] pixels) {
    samples.set(index, pixels);
  }

  @Override
  public void read(int index, int[] pixels) {
    AtomicReferenceArray<int[]> open = samples;
    if (open == null) {
      throw new IllegalStateException("the data set is closed");
    }
    int[] sample = open.get(index);
    System.arraycopy(sample, 0, pixels, 0, sample.length);
  }

  @Override
  public void close() {
    samples = null;
  }
}
