// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ofp.models.io.UnusableFileException;

/**
 * Successive halving over training settings, see {@link Halving}. Every score is written to {@code
 * search.json} before the next trial trains, so that a search that is ended at any moment goes on
 * where it was; a resumed search comes to the same standings as one that was not ended, if the same
 * holds for the {@link TrialRunner}. Not thread-safe.
 */
public final class Search {
  /** The file in which a search keeps what it knows. */
  public static final String FILE = "search.json";

  /** The file with the standings so far, the best first: RFC 4180, columns by name. */
  public static final String TABLE = "search.csv";

  private final Path file;
  private final SearchSetup setup;
  private final List<Score> scores;

  private Search(Path file, SearchSetup setup, List<Score> scores) {
    this.file = file;
    this.setup = setup;
    this.scores = new ArrayList<>(scores);
  }

  /**
   * Opens a search; nothing is written before it runs.
   *
   * @param folder that exists, for {@link #FILE} and {@link #TABLE}
   * @param resume whether to go on with the search in the folder, if there is one; otherwise there
   *     must be none
   * @throws UnusableFileException if there is one and it is not to be resumed, or its setup
   *     differs, or its file is damaged
   */
  public static Search open(Path folder, SearchSetup setup, boolean resume) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return new Search(file, setup, List.of());
    }
    if (!resume) {
      throw new UnusableFileException(
          file + ": a search was begun in this folder; resume it, or search in another folder");
    }
    SearchState state = SearchState.read(file);
    setup
        .differenceFrom(state.setup())
        .ifPresent(
            difference -> {
              throw new UnusableFileException(
                  file
                      + ": the search was begun with other "
                      + difference
                      + "; resume it as it was begun, or search in another folder");
            });
    return new Search(file, setup, state.scores());
  }

  /**
   * Searches to the end.
   *
   * @return the standings of all trials, the best first
   * @throws IOException from {@code runner}, or if the file cannot be written; what was scored
   *     before stays on record
   */
  public List<Standing> run(TrialRunner runner, SearchListener listener) throws IOException {
    save();
    List<Halving.Rung> rungs = setup.halving().rungs();
    List<Integer> trials = IntStream.range(0, setup.trials().size()).boxed().toList();
    for (int rung = 0; rung < rungs.size(); rung++) {
      List<Standing> ranked = new ArrayList<>();
      for (int trial : trials) {
        Score score = score(runner, listener, trial, rung, rungs.get(rung).epochs());
        ranked.add(new Standing(trial, setup.trials().get(trial), score));
      }
      ranked.sort(Standing.BEST_FIRST);
      int going = rung + 1 < rungs.size() ? rungs.get(rung + 1).trials() : ranked.size();
      List<Standing> goOn =
          ranked.stream().limit(going).filter(standing -> !standing.score().failed()).toList();
      for (Standing standing : ranked) {
        if (!goOn.contains(standing)) {
          runner.eliminated(standing.trial());
        }
      }
      // By number again, so that the order of work does not hang on the scores.
      trials = goOn.stream().map(Standing::trial).sorted().toList();
    }
    return standings();
  }

  private Score score(TrialRunner runner, SearchListener listener, int trial, int rung, int epochs)
      throws IOException {
    Optional<Score> known =
        scores.stream().filter(s -> s.trial() == trial && s.rung() == rung).findFirst();
    if (known.isEmpty()) {
      listener.started(trial, rung);
      TrialRunner.Outcome outcome = runner.train(trial, setup.trials().get(trial), epochs);
      scores.add(
          new Score(
              trial,
              rung,
              epochs,
              outcome.mIoU(),
              outcome.bestEpoch(),
              outcome.seconds(),
              outcome.failure()));
      save();
    }
    Score score = known.orElseGet(() -> scores.get(scores.size() - 1));
    listener.scored(score);
    return score;
  }

  /** The trials that have been scored so far, the best first. */
  public List<Standing> standings() {
    Map<Integer, Score> last = new HashMap<>();
    scores.forEach(
        score -> last.merge(score.trial(), score, (a, b) -> a.rung() > b.rung() ? a : b));
    return last.values().stream()
        .map(score -> new Standing(score.trial(), setup.trials().get(score.trial()), score))
        .sorted(Standing.BEST_FIRST)
        .toList();
  }

  private void save() throws IOException {
    new SearchState(setup, scores).write(file);
    SearchCsv.write(file.resolveSibling(TABLE), standings());
  }
}
