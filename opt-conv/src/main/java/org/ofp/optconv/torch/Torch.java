// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.Loader;

/**
 * Readies libtorch. {@link OpticalContext} and {@link OptConv2d} do so by themselves; programs that
 * touch libtorch before them call {@link #initialize} first.
 */
public final class Torch {
  private Torch() {}

  /**
   * Unpacks libtorch's libraries, all of them, before the first is loaded. The loader would unpack
   * and load them one by one; on an empty cache {@code libtorch} is then loaded before the {@code
   * libtorch_cpu} that it needs is there, and the process dies with a segmentation fault.
   *
   * <p>Quick where that was done before. Safe for use by several threads.
   *
   * @throws UncheckedIOException if the cache folder cannot be written
   */
  public static synchronized void initialize() {
    try {
      Loader.cacheResources("/org/bytedeco/pytorch/" + Loader.getPlatform());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "libtorch cannot be unpacked into "
              + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache")
              + "; make the folder writable or name another with"
              + " -Dorg.bytedeco.javacpp.cachedir",
          e);
    }
  }
}
