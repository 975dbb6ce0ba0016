// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Whether a driver can work here.
 *
 * @param usable whether it can
 * @param reason why not, or what it found, such as {@code libcuda.so.1 not found}
 */
@Stable(since = "0.1")
public record Availability(boolean usable, String reason) {
  public static Availability yes(String found) {
    return new Availability(true, found);
  }

  public static Availability no(String why) {
    return new Availability(false, why);
  }
}
