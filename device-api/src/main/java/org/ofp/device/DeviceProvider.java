// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A driver, found by {@link java.util.ServiceLoader}. Providers are created often and must be
 * cheap: nothing native is touched before {@link #probe} or {@link #open}. Safe for use by several
 * threads.
 */
@Stable(since = "0.1")
public interface DeviceProvider {
  /** The scheme of the addresses that this driver opens, such as {@code sim}. */
  String scheme();

  /** One line about the driver. */
  String summary();

  /** The {@link OpticalFourierDevice#API_LEVEL} the driver was written for. */
  int apiLevel();

  /** Bodies that open a device here, such as presets or bus addresses; may be empty. */
  List<String> bodies();

  /**
   * The options of the device that a body names, with that device's defaults.
   *
   * @throws DeviceException if there is no such device
   */
  List<OptionSpec> options(String body);

  /**
   * The same, where the defaults of some options depend on the values of others, such as a preset's
   * name.
   *
   * @param given what the address says, not checked yet
   */
  default List<OptionSpec> options(String body, Map<String, String> given) {
    return options(body);
  }

  /** Whether the driver can work here. Never opens or disturbs a device. */
  Availability probe();

  /**
   * Opens a device.
   *
   * @param body what to open
   * @param options checked against {@link #options}
   * @param inner the device to wrap if this is a decorator, else empty; the decorator closes it
   */
  OpticalFourierDevice open(String body, Options options, Optional<OpticalFourierDevice> inner);

  /**
   * Whether the device that a body names serves one program at a time. {@link Devices#open} then
   * refuses a second opening by the same user with {@link ErrorCode#BUSY}, in this and in other
   * processes, until the first is closed or its process has ended.
   */
  default boolean isSingleUser(String body) {
    return false;
  }

  /** Whether this driver wraps another device. */
  default boolean isDecorator() {
    return false;
  }
}
