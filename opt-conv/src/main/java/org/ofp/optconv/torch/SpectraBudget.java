// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.ArrayList;
import java.util.List;
import org.ofp.optconv.KernelSpectra;

/** The kernel spectra that the layers of a context keep, within a limit of memory. */
final class SpectraBudget implements AutoCloseable {
  /** Memory for kernel spectra that are kept from one pass to the next. */
  private static final long DEFAULT_BYTES = 512L << 20;

  private final List<KernelSpectra> kept = new ArrayList<>();
  private long bytes;

  /** Bytes that are not taken yet. */
  long left() {
    return DEFAULT_BYTES - bytes;
  }

  /** Whether so many more bytes of spectra are within the budget. */
  boolean hasRoom(long more) {
    return more <= left();
  }

  /** Keeps spectra for the next pass if the budget allows. */
  boolean keep(KernelSpectra spectra) {
    if (!hasRoom(spectra.bytes())) {
      return false;
    }
    bytes += spectra.bytes();
    kept.add(spectra);
    return true;
  }

  /** Whether these spectra are still kept; null never is. */
  boolean keeps(KernelSpectra spectra) {
    return kept.contains(spectra);
  }

  /** Frees spectra if they are still kept. */
  void discard(KernelSpectra spectra) {
    if (kept.remove(spectra)) {
      bytes -= spectra.bytes();
      spectra.close();
    }
  }

  @Override
  public void close() {
    kept.forEach(KernelSpectra::close);
    kept.clear();
    bytes = 0;
  }
}
