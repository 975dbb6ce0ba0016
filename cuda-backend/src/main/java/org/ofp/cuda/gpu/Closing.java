// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.List;

/** Closes several things, whatever fails. */
public final class Closing {
  private Closing() {}

  /**
   * Takes all steps in order, also after one has failed.
   *
   * @throws RuntimeException or an error: the first, the others as suppressed ones
   */
  public static void all(Runnable... steps) {
    all(List.of(steps));
  }

  /** As {@link #all(Runnable...)}. */
  public static void all(Iterable<Runnable> steps) {
    Throwable failure = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      throw (RuntimeException) failure;
    }
  }
}
