// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Objects;

/**
 * The one exception of the device layer. Its message is one line that says what was wrong, the
 * value with its unit, the allowed range, and what to do.
 */
@Stable(since = "0.1")
public class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public DeviceException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public DeviceException(ErrorCode code, String message, Throwable cause) {
    super(oneLine(message), cause);
    this.code = Objects.requireNonNull(code);
  }

  /** What callers and files put into a message must not break its line or drive the terminal. */
  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\p{IsControl}", "\ufffd");
  }

  /** The stable name of the failure. */
  public ErrorCode code() {
    return code;
  }

  /** Who can do something about it. */
  public ErrorCategory category() {
    return code.category();
  }

  /** Whether the same call may succeed when repeated unchanged. */
  public boolean retryable() {
    return code.retryable();
  }
}
