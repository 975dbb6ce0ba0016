// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.List;
import org.ofp.cli.option.Choice;
import org.ofp.models.data.Samples;
import org.ofp.models.data.SegmentationData;

/** Which samples of a data set. */
public enum Split {
  /** All of them. */
  ALL,
  /** Those that training learns from. */
  TRAINING,
  /** Those that it is judged by. */
  VALIDATION;

  /** Their names on a command line. */
  public static final class Converter extends Choice<Split> {
    /** Used by picocli. */
    public Converter() {
      super("split", List.of(values()));
    }
  }

  /** The samples. */
  public Samples of(SegmentationData data) {
    return switch (this) {
      case ALL -> data.all();
      case TRAINING -> data.training();
      case VALIDATION -> data.validation();
    };
  }
}
