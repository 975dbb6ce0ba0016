// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.io.IOException;

/** Is told how a search goes, on the thread that searches. */
public interface SearchListener {
  /**
   * Before a trial trains.
   *
   * @param trial its number, from 0
   * @param rung from 0
   */
  default void started(int trial, int rung) {}

  /** After a trial has been scored, here or in an earlier process. */
  default void scored(Score score) throws IOException {}
}
