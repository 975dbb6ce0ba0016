// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.List;
import org.ofp.models.training.RateSchedule;

/** Schedules of the learning rate as they are written on a command line. */
public final class ScheduleName extends Choice<RateSchedule> {
  /** Used by picocli. */
  public ScheduleName() {
    super("schedule", List.of(RateSchedule.values()));
  }
}
