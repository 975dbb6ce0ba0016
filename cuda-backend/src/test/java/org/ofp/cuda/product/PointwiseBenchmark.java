// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.kernels.Kernels;

/**
 * Prints what the pointwise engine reaches on the first GPU: of cuBLAS alone, data on the GPU, and
 * of the host's engine, data in the host's memory. For a machine with a GPU and no Maven, see
 * docs/GPU.md. Medians of {@value #ROUNDS} rounds; what is queued on the GPU is repeated within a
 * round, so that waiting for it does not count.
 */
final class PointwiseBenchmark {
  private static final int ROUNDS = 15;
  private static final int PER_ROUND = 20;

  private final ProductGpu products;
  private final int cin;
  private final int cout;
  private final int pixels;

  PointwiseBenchmark(ProductGpu products, int cin, int cout, int pixels) {
    this.products = products;
    this.cin = cin;
    this.cout = cout;
    this.pixels = pixels;
  }

  public static void main(String[] args) {
    try (ProductGpu products = InstalledGpu.open()) {
      System.out.println(products.gpu().description());
      for (int pixels : new int[] {512 * 512, 128 * 128}) {
        new PointwiseBenchmark(products, 64, 128, pixels).print(System.out);
        new PointwiseBenchmark(products, 512, 512, pixels).print(System.out);
      }
    }
  }

  /** Measures and prints a line for each way. */
  void print(PrintStream out) {
    out.printf(Locale.ROOT, "%n%d to %d channels, %d pixels%n", cin, cout, pixels);
    double raw = onGpu(true, false);
    line(out, "cuBLAS alone, on the GPU", raw, raw);
    line(out, "engine without bias, on the GPU", onGpu(false, false), raw);
    line(out, "engine with bias, on the GPU (target 80 %)", onGpu(false, true), raw);
    double host = hostEngine();
    String who = Kernels.pointwiseEngines().get(Kernels.pointwiseEngines().size() - 1);
    line(out, "host's engine (" + who + ")", host, host);
    line(out, "engine with bias, from and to host buffers", fromHost(), host);
    String rule = TransferCost.declines(cout, cin, pixels);
    out.println("  the rule: " + (rule.isEmpty() ? "on the GPU" : "on the CPU, " + rule));
  }

  private void line(PrintStream out, String what, double seconds, double reference) {
    out.printf(
        Locale.ROOT,
        "  %-44s %9.3f ms  %8.1f Gflop/s  %6.1f %%%n",
        what,
        1e3 * seconds,
        2e-9 * cin * cout * pixels / seconds,
        100 * reference / seconds);
  }

  /** Seconds of a product of data that are on the GPU. */
  private double onGpu(boolean blasAlone, boolean bias) {
    Gpu gpu = products.gpu();
    PointwiseOnGpu engine = new PointwiseOnGpu(gpu);
    try (Mirror w = random((long) cout * cin);
        Mirror b = random(cout);
        Mirror x = random((long) cin * pixels);
        GpuMemory y = gpu.allocate("a benchmark", (long) cout * pixels * Float.BYTES);
        GpuStream stream = gpu.openStream();
        GpuBlas blas = products.openBlas(stream)) {
      return median(
          PER_ROUND,
          () -> {
            for (int i = 0; i < PER_ROUND; i++) {
              if (blasAlone) {
                blas.real(
                    1,
                    cout,
                    pixels,
                    cin,
                    w.address(),
                    cin,
                    0,
                    x.address(),
                    pixels,
                    0,
                    0,
                    y.address(),
                    pixels,
                    0);
              } else {
                engine.queue(
                    stream,
                    blas,
                    cout,
                    cin,
                    pixels,
                    w.address(),
                    bias ? b.address() : 0,
                    x.address(),
                    y.address());
              }
            }
            stream.synchronize();
          });
    }
  }

  /** Values on the GPU: it multiplies zeros faster than others. */
  private Mirror random(long count) {
    Mirror mirror = new Mirror(products.gpu(), "a benchmark");
    FloatBuffer values = mirror.atLeast(count);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      values.put(i, (float) random.nextDouble() - 0.5f);
    }
    try (GpuStream stream = products.gpu().openStream()) {
      mirror.upload(stream, count);
      stream.synchronize();
    }
    return mirror;
  }

  private double fromHost() {
    FloatBuffer w = buffer(cout * cin);
    FloatBuffer b = buffer(cout);
    FloatBuffer x = buffer(cin * pixels);
    FloatBuffer y = buffer(cout * pixels);
    try (ProductPool lanes = new ProductPool(() -> new Borrowed(products))) {
      return median(1, () -> lanes.run(new PointwisePieces(1, cout, cin, pixels, w, b, x, y)));
    }
  }

  private double hostEngine() {
    FloatBuffer w = buffer(cout * cin);
    FloatBuffer b = buffer(cout);
    FloatBuffer x = buffer(cin * pixels);
    FloatBuffer y = buffer(cout * pixels);
    String host = Kernels.pointwiseEngines().get(Kernels.pointwiseEngines().size() - 1);
    return median(1, () -> Kernels.pointwiseProduct(host).apply(1, cout, cin, pixels, w, b, x, y));
  }

  private static FloatBuffer buffer(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static double median(int repeats, Runnable round) {
    round.run();
    double[] seconds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      round.run();
      seconds[i] = (System.nanoTime() - start) * 1e-9 / repeats;
    }
    Arrays.sort(seconds);
    return seconds[ROUNDS / 2];
  }

  /** A GPU that a pool must not close. */
  private record Borrowed(ProductGpu owner) implements ProductGpu {
    @Override
    public Gpu gpu() {
      return owner.gpu();
    }

    @Override
    public GpuBlas openBlas(GpuStream stream) {
      return owner.openBlas(stream);
    }

    @Override
    public void close() {}
  }
}
