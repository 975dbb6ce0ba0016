// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuFunction;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/**
 * Launches kernels with a thread for every pixel of every frame, as {@code ofp_place} in ofp.cuh
 * wants them: each frame has whole blocks to itself. Safe for use by several threads.
 */
final class Launcher {
  private static final int WARP = 32;
  private static final int MOST_THREADS = 256;

  private final Gpu gpu;
  private final String module;
  private final Map<String, GpuFunction> functions = new ConcurrentHashMap<>();

  /**
   * A launcher of kernels.
   *
   * @param module file that holds them, without its ending
   */
  Launcher(Gpu gpu, String module) {
    this.gpu = gpu;
    this.module = module;
  }

  /**
   * Queues a kernel.
   *
   * @param frames at least 1
   * @param pixels threads for each frame, at least 1
   */
  void frames(GpuStream stream, String kernel, int frames, int pixels, Object... arguments) {
    int blocks = (pixels + MOST_THREADS - 1) / MOST_THREADS;
    int threads = ((pixels + blocks - 1) / blocks + WARP - 1) / WARP * WARP;
    // Whole warps may need a block less.
    blocks = (pixels + threads - 1) / threads;
    launch(stream, kernel, (long) frames * blocks, threads, arguments);
  }

  /** Queues a kernel with a line of {@code n} threads, at least 1. */
  void line(GpuStream stream, String kernel, long n, Object... arguments) {
    launch(stream, kernel, (n + MOST_THREADS - 1) / MOST_THREADS, MOST_THREADS, arguments);
  }

  /** Queues a kernel with so many blocks of {@value #MOST_THREADS} threads. */
  void blocks(GpuStream stream, String kernel, long blocks, Object... arguments) {
    launch(stream, kernel, blocks, MOST_THREADS, arguments);
  }

  private void launch(
      GpuStream stream, String kernel, long blocks, int threads, Object... arguments) {
    if (blocks > Integer.MAX_VALUE) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "kernel "
              + kernel
              + " would need "
              + blocks
              + " blocks, the most are "
              + Integer.MAX_VALUE
              + "; use smaller frames");
    }
    GpuFunction function = functions.computeIfAbsent(kernel, name -> gpu.function(module, name));
    stream.launch(function, (int) blocks, threads, arguments);
  }
}
