// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.error;

/**
 * A command cannot go on. The message is one line for the user: what was wrong, the value, and what
 * to do about it.
 */
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitStatus;

  private CliException(int exitStatus, String message, Throwable cause) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  /** The work failed: device, files or data ({@link ExitStatus#FAILURE}). */
  public static CliException failure(String message) {
    return failure(message, null);
  }

  /** As {@link #failure(String)}; {@code --verbose} shows the cause. */
  public static CliException failure(String message, Throwable cause) {
    return new CliException(ExitStatus.FAILURE, message, cause);
  }

  /** The command line is wrong ({@link ExitStatus#USAGE}). */
  public static CliException usage(String message) {
    return new CliException(ExitStatus.USAGE, message, null);
  }

  /** What the process exits with. */
  public int exitStatus() {
    return exitStatus;
  }
}
