// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The stable names of what can go wrong. Code, category and retryability survive the wire; messages
 * are for people and may change.
 */
@Stable(since = "0.1")
public enum ErrorCode {
  /** A device URI that does not follow the grammar of {@link DeviceUri}. */
  MALFORMED_URI(ErrorCategory.USER, false),
  /** A scheme for which no driver is on the class path. */
  UNKNOWN_SCHEME(ErrorCategory.USER, false),
  /** An option that the driver does not have. */
  UNKNOWN_OPTION(ErrorCategory.USER, false),
  /** An option or profile value of the wrong type or out of range. */
  INVALID_OPTION(ErrorCategory.USER, false),
  /** A profile that cannot be read or contradicts itself. */
  INVALID_PROFILE(ErrorCategory.USER, false),
  /** A frame that the declared modulation cannot show: wrong shape, |a| > 1, NaN. */
  INADMISSIBLE_FRAME(ErrorCategory.USER, false),
  /** A readout outside the declared exposure range or reference capabilities. */
  INADMISSIBLE_READOUT(ErrorCategory.USER, false),
  /** Arguments that do not fit together, such as a destination that is too small. */
  INVALID_ARGUMENT(ErrorCategory.USER, false),
  /** The verbs were called out of order, for example a read before any transform. */
  ILLEGAL_STATE(ErrorCategory.USER, false),
  /** The device cannot do this at all, for example complex fields from an intensity readout. */
  UNSUPPORTED(ErrorCategory.USER, false),
  /** A file that is no recording, or a damaged one. */
  INVALID_RECORDING(ErrorCategory.USER, false),
  /** A replay was asked for what was not recorded; the message names the first difference. */
  REPLAY_MISMATCH(ErrorCategory.USER, false),
  /** The device was closed. */
  CLOSED(ErrorCategory.USER, false),
  /** The driver was found but cannot work here; the message says why. */
  UNAVAILABLE(ErrorCategory.DEVICE, false),
  /** Somebody else has it, or it has no room for more now; the message says who. */
  BUSY(ErrorCategory.DEVICE, true),
  /** The thread was interrupted or the job cancelled. */
  CANCELLED(ErrorCategory.USER, false),
  /** The job did not finish before its deadline. */
  DEADLINE_EXCEEDED(ErrorCategory.DEVICE, true),
  /** Something was lost on the way, such as a frame or a read; the device works on. */
  TRANSIENT_FAILURE(ErrorCategory.DEVICE, true),
  /** The hardware or its driver reported a failure. */
  DEVICE_FAILURE(ErrorCategory.DEVICE, false),
  /** The device's memory is too small for this, or in use; the message says how much is missing. */
  OUT_OF_MEMORY(ErrorCategory.DEVICE, false),
  /** The device cannot be used any more; others, and this one opened anew, may. */
  DEVICE_LOST(ErrorCategory.DEVICE, false),
  /** A defect of the SDK or of a driver. */
  INTERNAL(ErrorCategory.INTERNAL, false);

  private final ErrorCategory category;
  private final boolean retryable;

  ErrorCode(ErrorCategory category, boolean retryable) {
    this.category = category;
    this.retryable = retryable;
  }

  /** Who can do something about it. */
  public ErrorCategory category() {
    return category;
  }

  /** Whether the same call may succeed when repeated unchanged. */
  public boolean retryable() {
    return retryable;
  }
}
