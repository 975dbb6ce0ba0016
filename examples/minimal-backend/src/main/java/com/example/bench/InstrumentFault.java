// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

/** What the instrument's library throws when the bench does not do what it was told. */
final class InstrumentFault extends Exception {
  private static final long serialVersionUID = 1L;

  InstrumentFault(String message) {
    super(message);
  }
}
