// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** Who can do something about a {@link DeviceException}. */
@Stable(since = "0.1")
public enum ErrorCategory {
  /** The caller asked for something that cannot be; asking again changes nothing. */
  USER,
  /** The device or its driver failed. */
  DEVICE,
  /** The way to the device failed. */
  TRANSPORT,
  /** A defect of the SDK. */
  INTERNAL
}
