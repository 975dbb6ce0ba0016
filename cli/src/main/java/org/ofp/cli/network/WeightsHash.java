// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ofp.cli.error.CliException;
import org.ofp.models.io.Sha256;

/**
 * SHA-256 of a file of weights before it is loaded.
 *
 * @param file empty if there is none
 * @param sha256 empty if there is none
 */
public record WeightsHash(Optional<Path> file, String sha256) {

  /** Of a file as it is. */
  public static WeightsHash of(Optional<Path> file) throws IOException {
    return new WeightsHash(file, file.isPresent() ? Sha256.of(file.get()) : "");
  }

  /**
   * Checks, after the last time that it was loaded, that the file is as it was.
   *
   * @throws CliException if it is not, so that nobody knows what was loaded
   */
  public void requireUnchanged() throws IOException {
    if (!of(file).equals(this)) {
      throw CliException.failure(
          file.get() + ": changed while it was being loaded; run again once it is written");
    }
  }
}
