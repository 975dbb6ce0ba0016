// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/** Memory of a GPU, owned by who allocated it. Closing again does nothing. */
public interface GpuMemory extends AutoCloseable {
  /** Where it starts in the GPU's address space. */
  long address();

  /** Its size. */
  long bytes();

  /** Frees it; waits for work that still uses it. */
  @Override
  void close();
}
