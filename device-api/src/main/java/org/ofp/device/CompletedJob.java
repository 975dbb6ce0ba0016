// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** The job of a device that works within {@code submit}. */
enum CompletedJob implements Job {
  INSTANCE;

  @Override
  public boolean isDone() {
    return true;
  }

  @Override
  public void await() {
    // Nothing is left to wait for.
  }
}
