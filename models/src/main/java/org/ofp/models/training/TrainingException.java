// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

/** Training cannot begin or go on. The message is one line and says what to do. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of obstacle it is. */
  public enum Reason {
    /** The data, the options or the folder do not fit each other or the model. */
    SETTINGS,
    /** The loss or a gradient is not a finite number. */
    DIVERGED,
    /** The folder cannot be written. */
    STORAGE
  }

  private final Reason reason;

  /** An obstacle. */
  public TrainingException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** An obstacle, found by way of another exception. */
  public TrainingException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of obstacle it is. */
  public Reason reason() {
    return reason;
  }
}
