// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/** A PTX text that the emulator does not understand, with its line. */
final class PtxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PtxException(int line, String message) {
    this(line, message, null);
  }

  PtxException(int line, String message, Throwable cause) {
    super("PTX line " + line + ": " + message, cause);
  }
}
