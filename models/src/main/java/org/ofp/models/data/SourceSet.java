// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.ImageFile;

/** The source pictures of a data set, and which samples come of each. */
final class SourceSet {
  /** What decoding a picture with its mask takes of the heap: 300 MB measured for 24 megapixels. */
  private static final long BYTES_PER_PIXEL = 13;

  private static final long END_SECONDS = 60;

  private final List<DataFolder.Pair> pairs;
  private final List<CropGrid> grids;
  private final long largestPixels;

  /** Number of the first sample of each source, and at last the number of all. */
  private final int[] firstSample;

  private SourceSet(List<DataFolder.Pair> pairs, List<CropGrid> grids, long largestPixels) {
    this.pairs = pairs;
    this.grids = grids;
    this.largestPixels = largestPixels;
    firstSample = new int[pairs.size() + 1];
    for (int i = 0; i < pairs.size(); i++) {
      firstSample[i + 1] = Math.addExact(firstSample[i], grids.get(i).count());
    }
  }

  /**
   * Plans the squares by the masks' headers.
   *
   * @param crop side of the squares, or 0 for each picture's default
   */
  static SourceSet of(List<DataFolder.Pair> pairs, int crop) {
    List<CropGrid> grids = new ArrayList<>();
    long largestPixels = 1;
    for (DataFolder.Pair pair : pairs) {
      Dimension size = ImageFile.storedSize(pair.mask());
      int side = crop > 0 ? crop : CropGrid.defaultSide(size.width, size.height);
      if (side > Math.min(size.width, size.height)) {
        throw new UnusableFileException(
            String.format(
                "%s: has %d×%d pixels, too few for a crop of %d; choose one up to %d",
                pair.mask(), size.width, size.height, side, Math.min(size.width, size.height)));
      }
      grids.add(CropGrid.of(size.width, size.height, side));
      largestPixels = Math.max(largestPixels, (long) size.width * size.height);
    }
    return new SourceSet(pairs, grids, largestPixels);
  }

  int size() {
    return pairs.size();
  }

  /** How many samples come of all sources. */
  int samples() {
    return firstSample[pairs.size()];
  }

  int smallestCrop() {
    return grids.stream().mapToInt(CropGrid::side).min().orElseThrow();
  }

  /** The sources' names. */
  List<String> names() {
    return pairs.stream().map(DataFolder.Pair::name).toList();
  }

  /** What to call each sample. */
  List<String> sampleNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      String file = pairs.get(i).image().getFileName().toString();
      int count = grids.get(i).count();
      for (int crop = 1; crop <= count; crop++) {
        names.add(count == 1 ? file : file + ", crop " + crop + " of " + count);
      }
    }
    return List.copyOf(names);
  }

  /** The number of each sample's source. */
  int[] sampleSources() {
    int[] sources = new int[samples()];
    for (int i = 0; i < pairs.size(); i++) {
      Arrays.fill(sources, firstSample[i], firstSample[i + 1], i);
    }
    return sources;
  }

  /** From a value per source to a value per sample. */
  boolean[] perSample(boolean[] perSource) {
    boolean[] perSample = new boolean[samples()];
    for (int i = 0; i < perSource.length; i++) {
      Arrays.fill(perSample, firstSample[i], firstSample[i + 1], perSource[i]);
    }
    return perSample;
  }

  /**
   * Decodes every source into the store, several at once, as many as the heap has room for.
   *
   * @return how often each label occurs in each sample
   */
  List<int[]> decodeAll(SourceDecoder decoder, SampleStore store, DataListener listener) {
    int[][] histograms = new int[samples()][];
    Runtime runtime = Runtime.getRuntime();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            threads(largestPixels, runtime.maxMemory(), runtime.availableProcessors()),
            task -> {
              Thread thread = new Thread(task, "ofp-decode");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = 0; i < pairs.size(); i++) {
        int source = i;
        tasks.add(threads.submit(() -> decode(source, decoder, store, histograms)));
      }
      for (int i = 0; i < tasks.size(); i++) {
        tasks.get(i).get(); // in order, so that the first bad file is reported on any machine
        listener.decoded(i + 1, tasks.size());
      }
      return List.of(histograms);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // tasks throw no checked exceptions
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while pictures were decoded");
    } finally {
      end(threads);
    }
  }

  private void decode(int source, SourceDecoder decoder, SampleStore store, int[][] histograms) {
    decoder.decode(
        pairs.get(source),
        grids.get(source),
        (packed, crop) -> {
          int sample = firstSample[source] + crop;
          store.write(sample, packed);
          histograms[sample] = ClassWeights.histogram(SourceDecoder.labels(packed));
        });
  }

  /**
   * How many pictures to decode at once: as many as half the heap has room for.
   *
   * @param pixels of the largest picture
   */
  static int threads(long pixels, long heapBytes, int processors) {
    long room = heapBytes / 2 / (pixels * BYTES_PER_PIXEL);
    return (int) Math.max(1, Math.min(processors, room));
  }

  /** Drops what has not begun and waits for the rest, which still writes to the store. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
