// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.List;
import org.ofp.models.training.LossKind;

/** Losses as they are written on a command line: {@code cross-entropy}. */
public final class LossName extends Choice<LossKind> {
  /** Used by picocli. */
  public LossName() {
    super("loss", List.of(LossKind.values()));
  }
}
