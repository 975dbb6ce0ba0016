// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Keeps account of what was taken from the emulated GPU. Thread-safe. */
final class Holdings {

  /** Something taken; closing gives it back, closing again does nothing. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  private final class Item implements Held {
    final String purpose;
    final long bytes;

    Item(String purpose, long bytes) {
      this.purpose = purpose;
      this.bytes = bytes;
    }

    @Override
    public void close() {
      synchronized (Holdings.this) {
        used -= items.remove(this) ? bytes : 0;
      }
    }
  }

  private final long total;
  private final Set<Item> items = ConcurrentHashMap.newKeySet();
  private long used;

  Holdings(long total) {
    this.total = total;
  }

  long total() {
    return total;
  }

  synchronized long free() {
    return total - used;
  }

  /** Takes memory of the GPU, or another thing with 0 bytes. */
  synchronized Held take(String call, String purpose, long bytes) {
    if (bytes > free()) {
      throw new DeviceException(
          ErrorCode.OUT_OF_MEMORY,
          call + ": " + purpose + " needs " + bytes + " bytes, " + free() + " are free");
    }
    Item item = new Item(purpose, bytes);
    items.add(item);
    used += bytes;
    return item;
  }

  List<String> alive() {
    return items.stream().map(item -> item.purpose).sorted().toList();
  }
}
