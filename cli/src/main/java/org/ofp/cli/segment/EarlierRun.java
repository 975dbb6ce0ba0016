// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an earlier run left where results go. */
final class EarlierRun {
  private EarlierRun() {}

  /**
   * Removes the summary and the page of an earlier run over one picture alone, lest they be taken
   * for those of a run that failed. Those of other pictures stay.
   */
  static void forget(Path folder, Path picture) throws IOException {
    Path summary = folder.resolve(Summary.FILE);
    if (isOf(summary, picture)) {
      Files.deleteIfExists(summary);
      Files.deleteIfExists(folder.resolve(Summary.PAGE));
    }
  }

  private static boolean isOf(Path summary, Path picture) {
    if (!Files.isRegularFile(summary)) {
      return false;
    }
    try {
      JsonNode images = new ObjectMapper().readTree(summary.toFile()).path("images");
      return images.size() == 1
          && InputPictures.normal(Path.of(images.path(0).path("image").asText()))
              .equals(InputPictures.normal(picture));
    } catch (IOException | IllegalArgumentException e) {
      return false; // no summary of ours
    }
  }
}
