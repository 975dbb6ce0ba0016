// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of the emulated GPU. Every allocation has 64 GiB of addresses of its own which are
 * never used again, so that overruns and uses after freeing hit nothing. Thread-safe.
 */
final class AddressSpace {
  private static final int SLOT_BITS = 36;

  /** Addresses before each allocation, so that those just before it are told by its name, too. */
  private static final long BEFORE = 1L << 32;

  /** Where a block's shared memory starts, in its own and in the generic space. */
  static final long SHARED = (1L << SLOT_BITS) + BEFORE;

  /** Where a thread's local memory starts. */
  static final long LOCAL = (2L << SLOT_BITS) + BEFORE;

  private static final int FIRST_SLOT = 3;

  private final List<Region> regions = new ArrayList<>();

  synchronized Region add(String purpose, long bytes) {
    long base = ((long) (FIRST_SLOT + regions.size()) << SLOT_BITS) + BEFORE;
    Region region = new Region(purpose, base, bytes);
    regions.add(region);
    return region;
  }

  /** Frees it; only what is needed to name it is kept. */
  synchronized void remove(Region region) {
    region.size = -1;
    int slot = (int) (region.base >>> SLOT_BITS) - FIRST_SLOT;
    Region grave = new Region(region.purpose, region.base, 0);
    grave.size = -1;
    regions.set(slot, grave);
  }

  /**
   * The global memory at an address.
   *
   * @throws LaneFault if the bytes are not within one allocation that is alive
   */
  synchronized Region find(long address, long bytes) {
    long slot = (address >>> SLOT_BITS) - FIRST_SLOT;
    if (slot < 0 || slot >= regions.size()) {
      throw new LaneFault(
          String.format("%d bytes at 0x%x, where no global memory is", bytes, address));
    }
    Region region = regions.get((int) slot);
    if (region.size < 0) {
      throw new LaneFault(
          String.format(
              "%d bytes at 0x%x of '%s', which was freed", bytes, address, region.purpose));
    }
    long at = address - region.base;
    if (at < 0 || at > region.size - bytes) {
      throw new LaneFault(
          String.format(
              "%d bytes at 0x%x, %d bytes after the start of '%s' of %d bytes",
              bytes, address, at, region.purpose, region.size));
    }
    return region;
  }

  /**
   * As {@link #find} for memory that is read.
   *
   * @throws LaneFault if some of it was never written, too
   */
  Region readable(long address, long bytes) {
    Region region = find(address, bytes);
    int start = (int) (address - region.base);
    for (int i = start; i < start + bytes; i++) {
      if (region.written[i] == 0) {
        throw new LaneFault("reads what was never written: " + region.describe(region.base + i));
      }
    }
    return region;
  }

  /** Which space an address of the generic space belongs to. */
  static Space spaceOf(long address) {
    long slot = address >>> SLOT_BITS;
    return slot == 1 ? Space.SHARED : slot == 2 ? Space.LOCAL : Space.GLOBAL;
  }
}
