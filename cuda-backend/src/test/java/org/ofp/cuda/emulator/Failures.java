// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.HashMap;
import java.util.Map;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Failures that tests asked for, and whether the GPU is lost. Thread-safe. */
final class Failures {
  private record Plan(int remaining, ErrorCode code) {}

  private final Map<String, Plan> plans = new HashMap<>();
  private String lost;

  synchronized void plan(String call, int number, ErrorCode code) {
    plans.put(call, new Plan(number, code));
  }

  /** Whether the GPU can be used. */
  synchronized void check(String call) {
    if (lost != null) {
      throw new DeviceException(
          ErrorCode.DEVICE_LOST, call + ": the GPU cannot be used any more: " + lost);
    }
  }

  /**
   * A call is made.
   *
   * @return whether the GPU gets lost when it is executed
   */
  synchronized boolean call(String call) {
    check(call);
    Plan plan = plans.remove(call);
    if (plan == null) {
      return false;
    } else if (plan.remaining() > 1) {
      plans.put(call, new Plan(plan.remaining() - 1, plan.code()));
      return false;
    } else if (plan.code() == ErrorCode.DEVICE_LOST) {
      return true;
    }
    throw new DeviceException(plan.code(), call + ": failure that the test asked for");
  }

  synchronized boolean isLost() {
    return lost != null;
  }

  /** A call that does nothing on a lost GPU, and does its work even if a failure of it is told. */
  synchronized void free(String call) {
    if (lost == null) {
      call(call);
    }
  }

  synchronized void lose(String reason) {
    lost = lost == null ? reason : lost;
  }
}
