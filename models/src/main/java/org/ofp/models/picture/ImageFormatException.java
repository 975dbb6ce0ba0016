// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

/** The bytes are not a picture this program takes; the message says why and what to do. */
final class ImageFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  ImageFormatException(String message) {
    super(message);
  }

  ImageFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
