// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.plan;

import java.util.List;
import org.ofp.cli.option.Choice;
import org.ofp.optconv.Objective;

/** Objectives as they are written on a command line: {@code device-time}. */
public final class ObjectiveName extends Choice<Objective> {
  /** Used by picocli. */
  public ObjectiveName() {
    super("objective", List.of(Objective.values()));
  }
}
