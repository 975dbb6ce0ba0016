// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.training.LossKind;

class SearchTest {
  private static final SearchListener SILENT = new SearchListener() {};

  @TempDir Path folder;

  @Test
  void aGridHasEveryCombinationOnce() {
    List<TrialSettings> grid =
        TrialSettings.grid(
            List.of(1e-4, 1e-3), List.of(2, 4, 8), List.of(LossKind.DICE, LossKind.CROSS_ENTROPY));
    assertEquals(12, grid.stream().distinct().count());
    assertEquals(new TrialSettings(1e-3, 2, LossKind.DICE), grid.get(1));
    assertEquals("1e-4", TrialSettings.text(grid.get(0).learningRate()));
    assertEquals("3.5e-5", TrialSettings.text(3.5e-5));
    assertEquals("0.01", TrialSettings.text(0.01));
    assertEquals("1", TrialSettings.text(1));
  }

  @Property(tries = 10)
  void theBestSurviveWithinTheBudget(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int trials,
      @ForAll @IntRange(min = 1, max = 30) int epochs,
      @ForAll @IntRange(min = 2, max = 4) int factor)
      throws IOException {
    SearchSetup setup = setup(trials, epochs, factor);
    FakeTrials runner = new FakeTrials(seed, 0.2);
    List<Standing> standings = inNewFolder(setup, runner);

    assertTrue(runner.epochs <= setup.halving().totalEpochs());
    assertEquals(trials, standings.size());
    // Every rung by itself, from what the trials come to: who goes on is at least as good as who
    // does not.
    List<Halving.Rung> rungs = setup.halving().rungs();
    for (int rung = 0; rung < rungs.size(); rung++) {
      int reached = rung;
      int upTo = rungs.get(rung).epochs();
      double worstThatWentOn =
          standings.stream()
              .filter(standing -> standing.score().rung() > reached)
              .mapToDouble(standing -> runner.outcome(standing.trial(), upTo).mIoU())
              .peek(mIoU -> assertFalse(Double.isNaN(mIoU)))
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      double bestThatDidNot =
          standings.stream()
              .filter(standing -> standing.score().rung() == reached)
              .filter(standing -> !standing.score().failed())
              .mapToDouble(standing -> runner.outcome(standing.trial(), upTo).mIoU())
              .max()
              .orElse(Double.NEGATIVE_INFINITY);
      assertTrue(rung + 1 == rungs.size() || worstThatWentOn >= bestThatDidNot);
      assertTrue(
          standings.stream().filter(s -> s.score().rung() >= reached).count()
              <= rungs.get(rung).trials());
    }
    standings.stream()
        .filter(standing -> standing.score().failed())
        .forEach(failed -> assertTrue(runner.eliminated.contains(failed.trial())));
  }

  @Property(tries = 10)
  void anEndedSearchGoesOnToTheSameStandings(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int trials,
      @ForAll @IntRange(min = 1, max = 30) int epochs)
      throws IOException {
    SearchSetup setup = setup(trials, epochs, 3);
    FakeTrials undisturbed = new FakeTrials(seed, 0.2);
    List<Standing> expected = inNewFolder(setup, undisturbed);

    FakeTrials runner = new FakeTrials(seed, 0.2);
    SplittableRandom random = new SplittableRandom(seed);
    Path own = Files.createTempDirectory("search");
    try {
      List<Standing> standings = null;
      while (standings == null) {
        runner.callsLeft = random.nextInt(1, 12);
        runner.killedAfterWork = random.nextBoolean();
        try {
          standings = Search.open(own, setup, true).run(runner, SILENT);
        } catch (FakeTrials.Killed e) {
          // and again
        }
      }
      assertEquals(expected, standings);
      assertEquals(undisturbed.epochs, runner.epochs);
      assertEquals(undisturbed.eliminated, runner.eliminated);
      assertEquals(expected, Search.open(own, setup, true).standings());
    } finally {
      delete(own);
    }
  }

  @Test
  void failuresAreEliminatedAndLast() throws IOException {
    // one rung of twelve epochs, and every trial fails before that
    List<Standing> standings =
        Search.open(folder, setup(2, 12, 3), false).run(new FakeTrials(1, 1), SILENT);
    assertTrue(standings.stream().allMatch(standing -> standing.score().failed()));
    Path csv = folder.resolve(Search.TABLE);
    assertEquals(
        "1,1,0,1,dice,1,12,,0,12.000,\"the loss is NaN, \"\"too high\"\" a rate\"",
        Files.readAllLines(csv).get(1));
  }

  @Test
  void theTableNamesRanksFromOne() throws IOException {
    List<Standing> standings =
        Search.open(folder, setup(4, 4, 2), false).run(new FakeTrials(7, 0), SILENT);
    Path csv = folder.resolve(Search.TABLE);
    Standing winner = standings.get(0);
    assertEquals(
        String.join(
            ",",
            "1",
            Integer.toString(winner.trial() + 1),
            TrialSettings.text(winner.settings().learningRate()),
            Integer.toString(winner.settings().batchSize()),
            "dice",
            "3",
            "4",
            Double.toString(winner.score().mIoU()),
            Integer.toString(winner.score().bestEpoch()),
            "4.000",
            ""),
        Files.readAllLines(csv).get(1));
  }

  @Test
  void aFolderWithASearchIsNotOverwritten() throws IOException {
    Search.open(folder, setup(3, 3, 3), false).run(new FakeTrials(1, 0), SILENT);
    assertRefused("resume it", setup(3, 3, 3), false);
  }

  @Test
  void anotherSetupIsRefused() throws IOException {
    Search.open(folder, setup(3, 3, 3), false).run(new FakeTrials(1, 0), SILENT);
    assertRefused("3 trials then, 4 now", setup(4, 3, 3), true);
    assertRefused("epochs: 3 then, 5 now", setup(3, 5, 3), true);
    assertRefused("factor: 3 then, 2 now", setup(3, 3, 2), true);
    assertRefused(
        "--seed: 1 then, 2 now",
        new SearchSetup(setup(3, 3, 3).trials(), 3, 3, Map.of("--seed", "2")),
        true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"format\":1,\"setup\":null,\"scores\":[]}",
        "{\"format\":2,\"setup\":SETUP,\"scores\":[]}",
        "{\"format\":1,\"setup\":SETUP,\"scores\":null}",
        "{\"format\":1,\"setup\":SETUP,\"scores\":[null]}",
        "{\"format\":1,\"setup\":SETUP,\"scores\":[SCORE,SCORE]}",
        "{\"format\":1,\"setup\":SETUP,\"scores\":[{\"trial\":0}]}",
        "{\"format\":1,\"setup\":{\"trials\":[],\"epochs\":3,\"factor\":3,\"conditions\":{}},"
            + "\"scores\":[]}",
      })
  void damagedFilesAreRefused(String text) throws IOException {
    String setup =
        "{\"trials\":[{\"learningRate\":0.0,\"batchSize\":1,\"loss\":\"DICE\"}],"
            + "\"epochs\":3,\"factor\":3,\"conditions\":{\"--seed\":\"1\"}}";
    String score =
        "{\"trial\":0,\"rung\":0,\"epochs\":3,\"mIoU\":1.5,\"bestEpoch\":1,\"seconds\":1.0,"
            + "\"failure\":null}";
    Path file = folder.resolve(Search.FILE);
    Files.writeString(
        file,
        "{\"format\":1,\"setup\":SETUP,\"scores\":[SCORE]}"
            .replace("SETUP", setup)
            .replace("SCORE", score));
    assertEquals(1, Search.open(folder, setup(1, 3, 3), true).standings().size());

    Files.writeString(file, text.replace("SETUP", setup).replace("SCORE", score));
    assertRefused("is damaged", setup(1, 3, 3), true);
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    Search.open(folder, setup(3, 3, 3), false).run(new FakeTrials(3, 0.5), SILENT);
    Path file = folder.resolve(Search.FILE);
    String whole = Files.readString(file);
    for (int length = 0; length < whole.length(); length += 7) {
      Files.write(file, whole.substring(0, length).getBytes(StandardCharsets.UTF_8));
      assertRefused("is damaged", setup(3, 3, 3), true);
    }
  }

  private void assertRefused(String part, SearchSetup setup, boolean resume) {
    String message =
        assertThrows(UnusableFileException.class, () -> Search.open(folder, setup, resume))
            .getMessage();
    assertTrue(message.contains(part) && message.contains(Search.FILE), message);
  }

  private static List<Standing> inNewFolder(SearchSetup setup, TrialRunner runner)
      throws IOException {
    Path own = Files.createTempDirectory("search");
    try {
      return Search.open(own, setup, false).run(runner, SILENT);
    } finally {
      delete(own);
    }
  }

  private static SearchSetup setup(int trials, int epochs, int factor) {
    List<TrialSettings> settings =
        IntStream.range(0, trials)
            .mapToObj(i -> new TrialSettings(i * 1e-5, 1 + i % 8, LossKind.DICE))
            .toList();
    return new SearchSetup(settings, epochs, factor, Map.of("--seed", "1"));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
