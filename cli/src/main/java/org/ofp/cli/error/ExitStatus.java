// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.error;

/** The three exit statuses of {@code ofp}; scripts rely on them. */
public final class ExitStatus {
  /** The work was done. */
  public static final int SUCCESS = 0;

  /** The command line was fine, the work failed: device, files, data, memory. */
  public static final int FAILURE = 1;

  /** Wrong usage: what the command line alone shows to be wrong, whatever the files contain. */
  public static final int USAGE = 2;

  private ExitStatus() {}
}
