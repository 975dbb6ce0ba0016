// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ofp.models.data.ClassCsv;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.AtomicFile;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.JpegWriter;
import org.ofp.models.picture.PngFile;
import org.ofp.models.picture.RgbImage;

/**
 * Writes scenes in the layout of the Semantic Drone Dataset: {@code original_images/NNN.jpg},
 * {@code label_images_semantic/NNN.png} whose grey levels are classes, {@code class_dict_seg.csv}.
 * Uses all threads of the caller's fork-join pool; the files do not depend on how many there are.
 */
public final class SceneFolder {
  private static final String IMAGES = "original_images";
  private static final String MASKS = "label_images_semantic";
  private static final String CLASSES = "class_dict_seg.csv";

  /** Of the photographs; they must not change with the SDK. */
  private static final float QUALITY = 0.92f;

  /** Light, picture, mask and the encoders' copies, generously. */
  private static final long BYTES_PER_PIXEL = 48;

  private final Path folder;
  private final SceneGenerator generator;
  private final int count;
  private final String nameFormat;
  private final AtomicLongArray pixels = new AtomicLongArray(ClassPalette.DRONE.size());
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private SceneFolder(Path folder, SceneGenerator generator, int count) {
    this.folder = folder;
    this.generator = generator;
    this.count = count;
    nameFormat = "%0" + Math.max(3, Integer.toString(count - 1).length()) + "d";
  }

  /**
   * Writes the scenes 0 to {@code count} − 1. Either all of them are there in the end, or none:
   * what was written before a failure is removed.
   *
   * @param folder made if missing; other files in it stay
   * @param count at least 1
   * @param written is run after each scene, by several threads
   * @return the pixels of each class, in the order of {@link ClassPalette#DRONE}
   * @throws UnusableFileException if there are pictures in the folder already
   */
  public static long[] write(Path folder, SceneGenerator generator, int count, Runnable written)
      throws IOException {
    if (count < 1) {
      throw new IllegalArgumentException("count = " + count + " must be at least 1");
    }
    for (String part : new String[] {IMAGES, MASKS}) {
      Optional<Path> there = anyFile(folder.resolve(part));
      if (there.isPresent()) {
        throw new UnusableFileException(
            folder + ": has pictures already, such as " + there.get() + "; name another folder");
      }
    }
    return new SceneFolder(folder, generator, count).writeAll(written);
  }

  private static Optional<Path> anyFile(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny();
    }
  }

  private long[] writeAll(Runnable written) throws IOException {
    int side = generator.options().side();
    long affordable = Runtime.getRuntime().maxMemory() / 2 / (BYTES_PER_PIXEL * side * side);
    Semaphore room = new Semaphore((int) Math.max(1, Math.min(affordable, 1 << 16)));
    boolean complete = false;
    try {
      Files.createDirectories(folder.resolve(IMAGES));
      Files.createDirectories(folder.resolve(MASKS));
      IntStream.range(0, count).parallel().forEach(i -> tryToWrite(i, room, written));
      rethrow(failure.get());
      // Last: whole sets have it. Readers of this layout know the classes without it, so what a
      // killed process leaves can be read too; with the table missing, it is known for a part.
      ClassCsv.write(folder.resolve(CLASSES), ClassPalette.DRONE);
      complete = true;
    } finally {
      if (!complete) {
        remove();
      }
    }
    return IntStream.range(0, pixels.length()).mapToLong(pixels::get).toArray();
  }

  /**
   * Keeps a failure for later: thrown now, it would end the loop while other threads still write.
   */
  private void tryToWrite(int index, Semaphore room, Runnable written) {
    if (failure.get() != null) {
      return;
    }
    room.acquireUninterruptibly();
    try {
      write(index);
      written.run();
    } catch (IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      room.release();
    }
  }

  private static void rethrow(Throwable thrown) throws IOException {
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }

  private void write(int index) throws IOException {
    LabelledPicture scene = generator.scene(index);
    int[] levels = new int[scene.labels().length];
    int[] counts = new int[pixels.length()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = scene.labels()[i];
      counts[levels[i]]++;
    }
    PngFile.writeGrey(mask(index), scene.side(), scene.side(), levels);
    RgbImage photograph = new RgbImage(scene.side(), scene.side(), scene.rgb());
    AtomicFile.write(image(index), out -> JpegWriter.write(photograph, QUALITY, out));
    for (int i = 0; i < counts.length; i++) {
      pixels.addAndGet(i, counts[i]);
    }
  }

  private Path image(int index) {
    return folder.resolve(IMAGES).resolve(String.format(nameFormat, index) + ".jpg");
  }

  private Path mask(int index) {
    return folder.resolve(MASKS).resolve(String.format(nameFormat, index) + ".png");
  }

  private void remove() throws IOException {
    for (int i = 0; i < count; i++) {
      Files.deleteIfExists(image(i));
      Files.deleteIfExists(mask(i));
    }
    removeIfEmpty(folder.resolve(IMAGES));
    removeIfEmpty(folder.resolve(MASKS));
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else's files stay.
    }
  }
}
