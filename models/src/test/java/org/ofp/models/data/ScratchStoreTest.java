// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.io.UnusableFileException;

class ScratchStoreTest {
  @TempDir Path folder;

  /** Sizes below, at and above a block of 2¹⁴ pixels, written and read from several threads. */
  @Test
  void whatIsWrittenIsRead() {
    for (int pixels : new int[] {1, 1 << 14, 40_000}) {
      try (ScratchStore store = ScratchStore.create(folder, 20, pixels)) {
        IntStream.range(0, 20).parallel().forEach(i -> store.write(i, sample(i, pixels)));
        IntStream.range(0, 200)
            .parallel()
            .forEach(
                i -> {
                  int[] read = new int[pixels];
                  store.read(i % 20, read);
                  assertArrayEquals(sample(i % 20, pixels), read);
                });
      }
    }
  }

  @Test
  void aFullDiskIsSaid() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full on this system");
    try (ScratchStore store =
        new ScratchStore(folder, FileChannel.open(full, StandardOpenOption.WRITE), 100)) {
      String message =
          assertThrows(UnusableFileException.class, () -> store.write(0, new int[100]))
              .getMessage();
      assertTrue(message.startsWith(folder + ": cannot hold decoded pictures ("), message);
      assertTrue(message.contains("No space left on device"), message);
    }
  }

  private static int[] sample(int index, int pixels) {
    return new SplittableRandom(index).ints(pixels).toArray();
  }
}
