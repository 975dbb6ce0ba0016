// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Arrays;

/**
 * Finds accesses to shared memory that no barrier orders: threads here run in lockstep, on a GPU
 * they do not. Watches whole words; accesses to parts of a word are not watched.
 */
final class Races {
  private static final int NOBODY = -1;
  private static final int SEVERAL = -2;
  private static final int ATOMIC = -3;

  private final int[] writer;
  private final int[] reader;
  private final int[] readerWarp;
  private final long[] written;
  private final long[] read;
  private final long[] warpSync;
  private long blockSync;
  private long now;

  Races(long bytes, int threads) {
    int words = (int) ((bytes + 3) / 4);
    writer = new int[words];
    reader = new int[words];
    readerWarp = new int[words];
    written = new long[words];
    read = new long[words];
    warpSync = new long[(threads + 31) / 32];
    Arrays.fill(writer, NOBODY);
    Arrays.fill(reader, NOBODY);
  }

  /** All threads of the block have met. */
  void blockBarrier() {
    blockSync = ++now;
  }

  /** The threads of a warp have met. */
  void warpBarrier(int warp) {
    warpSync[warp] = ++now;
  }

  void read(int position, int bytes, int thread) {
    for (int word = position / 4; bytes >= 4 && word < (position + bytes) / 4; word++) {
      checkWriter(word, thread, "reads");
      boolean merge = reader[word] != thread && recent(read[word], readerWarp[word], thread);
      reader[word] = merge ? SEVERAL : thread;
      readerWarp[word] = merge && readerWarp[word] != thread / 32 ? SEVERAL : thread / 32;
      read[word] = now;
    }
  }

  void write(int position, int bytes, int thread) {
    for (int word = position / 4; bytes >= 4 && word < (position + bytes) / 4; word++) {
      checkWriter(word, thread, "writes");
      checkReader(word, thread);
      writer[word] = thread;
      written[word] = now;
    }
  }

  void atomic(int position, int bytes, int thread) {
    for (int word = position / 4; word < (position + bytes) / 4; word++) {
      if (writer[word] != ATOMIC) {
        checkWriter(word, thread, "updates");
      }
      checkReader(word, thread);
      writer[word] = ATOMIC;
      written[word] = now;
    }
  }

  private void checkWriter(int word, int thread, String verb) {
    int other = writer[word];
    int warp = other < 0 ? SEVERAL : other / 32;
    if (other != thread && other != NOBODY && recent(written[word], warp, thread)) {
      String who = other < 0 ? "an atomic instruction" : "thread " + other;
      throw new LaneFault(
          thread,
          "race: "
              + verb
              + " word "
              + word
              + " of shared memory, written by "
              + who
              + " without a barrier between");
    }
  }

  private void checkReader(int word, int thread) {
    int other = reader[word];
    if (other != thread && other != NOBODY && recent(read[word], readerWarp[word], thread)) {
      String who = other < 0 ? "other threads" : "thread " + other;
      throw new LaneFault(
          thread,
          "race: writes word "
              + word
              + " of shared memory, read by "
              + who
              + " without a barrier between");
    }
  }

  /** Whether no barrier lies between an access of that warp and one of the thread now. */
  private boolean recent(long time, int warp, int thread) {
    boolean warpMet = warp == thread / 32 && time < warpSync[warp];
    return time >= blockSync && !warpMet;
  }
}
