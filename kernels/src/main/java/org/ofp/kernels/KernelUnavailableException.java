// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/** An engine was asked for by name and cannot be used; the message says why and what can. */
public final class KernelUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public KernelUnavailableException(String message) {
    super(message);
  }

  public KernelUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
