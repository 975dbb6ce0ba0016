// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.UnusableFileException;

/**
 * A folder of pictures with masks as samples for training: cut into squares, resized (nearest
 * neighbour, picture and mask alike), and split by source picture into four fifths to learn from
 * and one to judge by.
 *
 * <p>Two layouts are known by their folders' names. The Semantic Drone Dataset has {@code
 * original_images}, {@code label_images_semantic} and {@code class_dict_seg.csv}, the last also up
 * to two folders above; it is found from its archive's top folder too, and without the table its
 * classes are {@link ClassPalette#DRONE}. Any other set has {@code images}, {@code masks} and
 * perhaps {@code classes.csv} or {@code class_dict*.csv}, see {@link ClassCsv}; without one, the
 * classes are the numbers up to the largest in any mask. Pictures are JPEG or PNG; masks are PNG,
 * of the classes' numbers (grey or palette) or of their colours.
 *
 * <p>All pictures are decoded once, when the set is opened; samples are then kept in memory, or, if
 * they have more than 256 MB or an eighth of the heap, in a scratch file. Thread-safe, but do not
 * interrupt threads that read samples.
 */
public final class SegmentationData implements AutoCloseable {
  private static final int DEFAULT_SIZE = 512;
  private static final long MEMORY_BYTES = 256L << 20;

  private final Path folder;
  private final SampleStore store;
  private final int side;
  private final List<String> names;
  private final int[] sampleSources;
  private final List<int[]> histograms;
  private final boolean[] forValidation;
  private final int sources;
  private final ClassPalette classes;

  private SegmentationData(
      Path folder,
      SampleStore store,
      int side,
      SourceSet sources,
      List<int[]> histograms,
      boolean[] validation,
      ClassPalette classes) {
    this.folder = folder;
    this.store = store;
    this.side = side;
    this.names = sources.sampleNames();
    this.sampleSources = sources.sampleSources();
    this.histograms = histograms;
    this.forValidation = validation;
    this.sources = sources.size();
    this.classes = classes;
  }

  /**
   * Opens a data set and decodes all its pictures, on several threads.
   *
   * @throws UnusableFileException if the folder is not laid out as above, a picture has no mask, a
   *     file is damaged, sizes differ, a mask has a value that is no class, or the scratch folder
   *     is full; the message names file and remedy
   */
  public static SegmentationData open(Path folder, DataOptions options, DataListener listener) {
    long room = Math.min(MEMORY_BYTES, Runtime.getRuntime().maxMemory() / 8);
    return open(folder, options, listener, room);
  }

  /** The same with another limit of what is kept in memory. */
  static SegmentationData open(
      Path folder, DataOptions options, DataListener listener, long memoryBytes) {
    DataFolder found = DataFolder.find(folder);
    Optional<ClassTable> table = found.classCsv().map(ClassCsv::readTable);
    if (table.isEmpty() && found.drone()) {
      table = Optional.of(ClassTable.DRONE);
    }
    SourceSet sources = SourceSet.of(found.pairs(), options.crop());
    int side = options.size() > 0 ? options.size() : Math.min(DEFAULT_SIZE, sources.smallestCrop());
    int pixels = side * side;
    long bytes = (long) sources.samples() * pixels * Integer.BYTES;
    SampleStore store =
        bytes <= memoryBytes
            ? new MemoryStore(sources.samples())
            : ScratchStore.create(options.scratch(), sources.samples(), pixels);
    try {
      SourceDecoder decoder = new SourceDecoder(new MaskReader(table), side);
      List<int[]> histograms = sources.decodeAll(decoder, store, listener);
      return new SegmentationData(
          folder,
          store,
          side,
          sources,
          histograms,
          sources.perSample(Split.validation(sources.names(), options.splitSeed())),
          table.map(ClassTable::classes).orElseGet(() -> NumberedClasses.upTo(histograms)));
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /** The classes, in the order of their labels. */
  public ClassPalette classes() {
    return classes;
  }

  /** How many source pictures there are. */
  public int pictures() {
    return sources;
  }

  /** All samples: picture by picture in the order of their names, crops row by row. */
  public Samples all() {
    return samples(sample -> true);
  }

  /**
   * Those to learn from, in the same order.
   *
   * @throws UnusableFileException if there is only one source picture
   */
  public Samples training() {
    checkSplit();
    return samples(sample -> !forValidation[sample]);
  }

  /**
   * Those of a fifth of the source pictures, in the same order.
   *
   * @throws UnusableFileException if there is only one source picture
   */
  public Samples validation() {
    checkSplit();
    return samples(sample -> forValidation[sample]);
  }

  /**
   * One weight per class, by the samples to learn from; see {@link ClassWeights}.
   *
   * @throws UnusableFileException if there is only one source picture
   */
  public double[] classWeights() {
    checkSplit();
    List<int[]> training = new ArrayList<>();
    for (int i = 0; i < forValidation.length; i++) {
      if (!forValidation[i]) {
        training.add(histograms.get(i));
      }
    }
    return ClassWeights.medianFrequency(training, classes.size());
  }

  /** Releases memory and scratch file; samples cannot be read any more. */
  @Override
  public void close() {
    store.close();
  }

  private void checkSplit() {
    if (sources < 2) {
      throw new UnusableFileException(
          folder
              + ": has one picture; training needs at least two, one of them to judge by: add"
              + " pictures, or cut this one in two files");
    }
  }

  private Samples samples(IntPredicate chosen) {
    return new StoredSamples(
        store,
        side,
        names,
        sampleSources,
        IntStream.range(0, names.size()).filter(chosen).toArray());
  }
}
