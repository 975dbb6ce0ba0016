// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/**
 * What loads, stores and atomics of a block share: finds the bytes of an address and checks that
 * they may be touched. Remembers the region of the last access. Used by one thread at a time.
 */
final class Memory {
  private final AddressSpace global;
  private final Region shared;
  private final Region local;
  private Region region;

  /** The accesses to shared memory since the last barrier. */
  final Races races;

  Memory(AddressSpace global, Region shared, Region local, Races races) {
    this.global = global;
    this.shared = shared;
    this.local = local;
    this.region = shared;
    this.races = races;
  }

  /** The region of the last access that {@link #position} found. */
  Region region() {
    return region;
  }

  boolean isShared() {
    return region == shared;
  }

  /** Where the bytes lie in the region's data. */
  int position(Space space, int thread, long address, int bytes) {
    Region last = region;
    long at = address - last.base;
    if (at < 0 || at > last.size - bytes) {
      last = find(space, thread, address, bytes);
      at = address - last.base;
      region = last;
    } else if (space != Space.GENERIC && space != spaceOf(last)) {
      throw wrongSpace(space, thread, address);
    }
    if ((address & (bytes - 1)) != 0) {
      throw new LaneFault(
          thread, "misaligned access of " + bytes + " bytes at " + last.describe(address));
    }
    return (int) at + thread * last.stride;
  }

  private Space spaceOf(Region candidate) {
    return candidate == shared ? Space.SHARED : candidate == local ? Space.LOCAL : Space.GLOBAL;
  }

  private Region find(Space space, int thread, long address, int bytes) {
    Space actual = AddressSpace.spaceOf(address);
    if (space != Space.GENERIC && space != actual) {
      throw wrongSpace(space, thread, address);
    }
    if (actual == Space.GLOBAL) {
      try {
        return global.find(address, bytes);
      } catch (LaneFault fault) {
        throw new LaneFault(thread, "access beyond memory: " + fault.getMessage());
      }
    }
    Region own = actual == Space.SHARED ? shared : local;
    if (address < own.base || address - own.base > own.size - bytes) {
      throw new LaneFault(
          thread,
          String.format(
              "access beyond memory: %d bytes at byte %d of %s of %d bytes",
              bytes, address - own.base, own.purpose, own.size));
    }
    return own;
  }

  private static LaneFault wrongSpace(Space space, int thread, long address) {
    return new LaneFault(
        thread, String.format("0x%x is not an address of space %s", address, space));
  }

  LaneFault neverWritten(int thread, long address) {
    return new LaneFault(thread, "reads what was never written: " + region.describe(address));
  }
}
