// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.List;
import org.ofp.cli.option.Choice;
import org.ofp.models.data.Samples;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.training.Trainer;

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

  /**
   * The number of the first sample. Training numbers those that it is judged by in its own way;
   * with the same numbers a noisy device has the same noise.
   */
  public long firstImage() {
    return this == VALIDATION ? Trainer.FIRST_VALIDATION_IMAGE : 0;
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
