// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.ofp.device.OpticalFourierDevice;

/**
 * What the chapters share: a newly opened device for every rule, closed afterwards, and an end to
 * those that hang.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class RuleChapter {
  OpticalFourierDevice device;
  Bench bench;

  /** Opens the device under test. */
  protected abstract OpticalFourierDevice openDevice();

  @BeforeEach
  void open() {
    device = openDevice();
    bench = new Bench(device);
  }

  @AfterEach
  void close() {
    if (device != null) {
      device.close();
    }
  }
}
