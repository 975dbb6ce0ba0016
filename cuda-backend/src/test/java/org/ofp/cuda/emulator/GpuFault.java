// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

/**
 * A defect of a kernel or of its use that the emulator found: what compute-sanitizer reports on a
 * GPU. An error, so that no handler of exceptions swallows it.
 */
public final class GpuFault extends AssertionError {
  private static final long serialVersionUID = 1L;

  GpuFault(String message) {
    super(message);
  }
}
