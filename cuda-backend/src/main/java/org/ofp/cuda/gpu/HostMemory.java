// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.nio.ByteBuffer;

/** Page-locked memory of the host, owned by who allocated it. Closing again does nothing. */
public interface HostMemory extends AutoCloseable {
  /**
   * All of it, direct and in native byte order; a new view at each call, not to be used once this
   * is closed.
   */
  ByteBuffer bytes();

  /** Frees it. */
  @Override
  void close();
}
