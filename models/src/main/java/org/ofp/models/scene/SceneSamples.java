// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.util.stream.IntStream;
import org.ofp.models.data.Samples;

/**
 * Scenes as samples for training, without files. Immutable and thread-safe.
 *
 * <p>A scene is made anew whenever it is read, which takes about as long as a picture takes to be
 * decoded and scaled; {@link #inMemory} makes all of them once.
 */
public final class SceneSamples implements Samples {
  private final SceneGenerator generator;
  private final long first;
  private final int size;

  /**
   * Scenes in a row.
   *
   * @param first index of the first one
   * @param size how many, at least 0
   */
  public SceneSamples(SceneGenerator generator, long first, int size) {
    if (size < 0) {
      throw new IllegalArgumentException("size = " + size + " must not be negative");
    }
    this.generator = generator;
    this.first = first;
    this.size = size;
  }

  /** The same samples, made now by all threads and kept: five bytes a pixel. */
  public Samples inMemory() {
    LabelledPicture[] scenes =
        IntStream.range(0, size)
            .parallel()
            .mapToObj(i -> generator.scene(first + i))
            .toArray(LabelledPicture[]::new);
    return new Samples() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public int side() {
        return SceneSamples.this.side();
      }

      @Override
      public void read(int index, int[] rgb, byte[] labels) {
        copy(scenes[index], rgb, labels);
      }

      @Override
      public String name(int index) {
        return SceneSamples.this.name(index);
      }
    };
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int side() {
    return generator.options().side();
  }

  @Override
  public void read(int index, int[] rgb, byte[] labels) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("sample " + index + " of " + size);
    }
    copy(generator.scene(first + index), rgb, labels);
  }

  @Override
  public String name(int index) {
    return "scene " + (first + index);
  }

  private static void copy(LabelledPicture scene, int[] rgb, byte[] labels) {
    System.arraycopy(scene.rgb(), 0, rgb, 0, scene.rgb().length);
    System.arraycopy(scene.labels(), 0, labels, 0, scene.labels().length);
  }
}
