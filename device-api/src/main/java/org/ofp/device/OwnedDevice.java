// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.lang.ref.Cleaner;

/** A device that nobody else may open; gives the lock back when it is closed, or lost. */
final class OwnedDevice extends ForwardingDevice {
  private final Cleaner.Cleanable lock;

  OwnedDevice(OpticalFourierDevice device, DeviceLock lock) {
    super(device);
    this.lock = Background.CLEANER.register(this, lock::release);
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      lock.clean();
    }
  }

  private static final class Background {
    static final Cleaner CLEANER = Cleaner.create();
  }
}
