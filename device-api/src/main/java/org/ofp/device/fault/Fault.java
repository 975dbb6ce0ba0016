// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

/** What can go wrong with one frame. */
enum Fault {
  /** The frame cannot be loaded this time. */
  FAIL,
  /** The frame is shown, but its first read is lost. */
  DROP,
  /** The modulator goes on showing the frame before. */
  STALE,
  /** The frame's results come late; the argument is in seconds. */
  LATENCY,
  /** Pixels at full scale; the argument is their share. */
  SATURATE,
  /** The frame never returns. */
  HANG,
  /** The hardware fails for good. */
  PERMANENT,
  /** The device is gone. */
  DISCONNECT;

  /** Whether a script gives it a number. */
  boolean hasArgument() {
    return this == LATENCY || this == SATURATE;
  }
}
