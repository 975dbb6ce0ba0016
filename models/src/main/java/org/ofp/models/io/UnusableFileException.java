// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

/**
 * A file or folder that the user named cannot be used as it is: missing, unreadable, damaged, of
 * the wrong kind, or at odds with another. The message is one line that names it, says what is
 * wrong and what to do.
 */
public final class UnusableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A file that is not what it should be. */
  public UnusableFileException(String message) {
    super(message);
  }

  /** A file that is not what it should be, found by way of another exception. */
  public UnusableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
