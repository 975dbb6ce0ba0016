// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuFunction;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.FieldProducts;
import org.ofp.device.FieldTiles;
import org.ofp.device.FrameShape;
import org.ofp.device.SpectraLayout;

/** Launches of the kernels in {@code spectral.cu}; all memory by its address. Not thread-safe. */
final class SpectralKernels {
  private static final int THREADS = 256;

  /** Threads of {@code measure} that add up pixels. */
  private static final int LANES = 512;

  private static final int WARP = 32;

  /** Tiles that a block of {@code separate} and {@code join} moves, where there are enough. */
  private static final int TILES = 8;

  private final GpuStream stream;
  private final GpuFunction measure;
  private final GpuFunction scale;
  private final GpuFunction reconstruct;
  private final GpuFunction cut;
  private final GpuFunction paste;
  private final GpuFunction separate;
  private final GpuFunction join;
  private final GpuFunction combine;

  SpectralKernels(Gpu gpu, GpuStream stream) {
    this.stream = stream;
    measure = gpu.function("spectral", "measure");
    scale = gpu.function("spectral", "scale");
    reconstruct = gpu.function("spectral", "reconstruct");
    cut = gpu.function("spectral", "cut");
    paste = gpu.function("spectral", "paste");
    separate = gpu.function("spectral", "separate");
    join = gpu.function("spectral", "join");
    combine = gpu.function("spectral", "combine");
  }

  /** Measures fields and scales them; {@code factors} is room for a float each, for itself. */
  void encode(
      FrameShape shape,
      int n,
      long fields,
      long facts,
      long factors,
      long rowWeights,
      long colWeights,
      boolean holdsMean,
      boolean weighed,
      boolean inverse) {
    int threads = Math.min(LANES, (shape.pixels() + WARP - 1) / WARP * WARP);
    stream.launch(
        measure,
        n,
        threads,
        fields,
        facts,
        factors,
        rowWeights,
        colWeights,
        shape.pixels(),
        shape.cols(),
        flag(holdsMean),
        flag(weighed),
        flag(inverse));
    int samples = n * shape.pixels();
    stream.launch(
        scale,
        blocks(samples),
        THREADS,
        fields,
        facts,
        factors,
        rowWeights,
        colWeights,
        samples,
        shape.pixels(),
        shape.cols(),
        flag(holdsMean),
        flag(weighed),
        flag(inverse));
  }

  void reconstruct(
      FrameShape shape,
      int n,
      long counts,
      long numbers,
      long rowFactors,
      long colFactors,
      long fields,
      boolean fourStep,
      boolean inverse) {
    int samples = n * shape.pixels();
    stream.launch(
        reconstruct,
        blocks(samples),
        THREADS,
        counts,
        numbers,
        rowFactors,
        colFactors,
        fields,
        samples,
        shape.rows(),
        shape.cols(),
        flag(fourStep),
        flag(inverse));
  }

  void cut(FieldTiles tiles, long rows, long cols, long maps, long first, int n, long fields) {
    FrameShape frame = tiles.frame();
    int samples = n * frame.pixels();
    long tile = first / tiles.pairs();
    stream.launch(
        cut,
        blocks(samples),
        THREADS,
        maps,
        fields,
        rows,
        cols,
        tiles.channels(),
        samples,
        frame.pixels(),
        frame.cols(),
        tiles.pairs(),
        (int) (tile / tiles.tiles()),
        (int) (tile % tiles.tiles()),
        (int) (first % tiles.pairs()));
  }

  void paste(
      FieldTiles tiles,
      long rows,
      long cols,
      long fields,
      long first,
      int n,
      long bias,
      long maps) {
    FrameShape frame = tiles.frame();
    int samples = n * tiles.rows().advance() * tiles.cols().advance();
    long tile = first / tiles.pairs();
    stream.launch(
        paste,
        blocks(samples),
        THREADS,
        fields,
        maps,
        bias,
        rows,
        cols,
        tiles.channels(),
        samples,
        frame.pixels(),
        frame.cols(),
        tiles.pairs(),
        (int) (tile / tiles.tiles()),
        (int) (tile % tiles.tiles()),
        (int) (first % tiles.pairs()));
  }

  void separate(SpectraLayout layout, long fields, long first, int n, long spectra) {
    move(separate, layout, fields, spectra, first, n);
  }

  void join(SpectraLayout layout, long spectra, long first, int n, long fields) {
    move(join, layout, spectra, fields, first, n);
  }

  void combine(FieldProducts products, long factors, long fields, long first, int n, long results) {
    FrameShape frame = products.frame();
    int samples = n * frame.pixels();
    stream.launch(
        combine,
        blocks(samples),
        THREADS,
        factors,
        fields,
        results,
        samples,
        frame.rows(),
        frame.cols(),
        products.pairs(),
        products.inputs(),
        first);
  }

  private void move(
      GpuFunction function, SpectraLayout layout, long from, long to, long first, int n) {
    long firstTile = first / layout.pairs();
    long lastTile = (first + n - 1) / layout.pairs();
    int atOnce = lastTile - firstTile + 1 >= TILES ? TILES : 1;
    long groups = lastTile / atOnce - firstTile / atOnce + 1;
    int perBlock = THREADS / atOnce;
    int runs = (layout.frequencies() + perBlock - 1) / perBlock;
    stream.launch(
        function,
        Math.toIntExact(groups * layout.pairs() * runs),
        THREADS,
        from,
        to,
        layout.frame().rows(),
        layout.frame().cols(),
        layout.planes(),
        layout.columns(),
        first,
        n,
        atOnce);
  }

  private static int blocks(int samples) {
    return (samples + THREADS - 1) / THREADS;
  }

  private static int flag(boolean on) {
    return on ? 1 : 0;
  }
}
