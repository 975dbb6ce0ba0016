// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

/** The bytes are not an array this program takes; the message says why and what to do. */
final class NpyFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  NpyFormatException(String message) {
    super(message);
  }
}
