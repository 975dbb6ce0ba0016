// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ofp.models.io.AtomicFile;

/**
 * The standings as a table, RFC 4180: {@code rank, trial, learning_rate, batch_size, loss, rung,
 * epochs, miou, best_epoch, seconds, failure}, the best first; ranks, trials and rungs from 1.
 */
final class SearchCsv {
  private static final String HEADER =
      "rank,trial,learning_rate,batch_size,loss,rung,epochs,miou,best_epoch,seconds,failure";

  private SearchCsv() {}

  /** Writes the table, replacing an earlier one. */
  static void write(Path file, List<Standing> standings) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append("\r\n");
    for (int i = 0; i < standings.size(); i++) {
      text.append(row(i + 1, standings.get(i))).append("\r\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private static String row(int rank, Standing standing) {
    Score score = standing.score();
    return String.join(
        ",",
        Integer.toString(rank),
        Integer.toString(standing.trial() + 1),
        TrialSettings.text(standing.settings().learningRate()),
        Integer.toString(standing.settings().batchSize()),
        standing.settings().loss().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        Integer.toString(score.rung() + 1),
        Integer.toString(score.epochs()),
        Double.isNaN(score.mIoU()) ? "" : Double.toString(score.mIoU()),
        Integer.toString(score.bestEpoch()),
        String.format(Locale.ROOT, "%.3f", score.seconds()),
        score.failed() ? quoted(score.failure()) : "");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
