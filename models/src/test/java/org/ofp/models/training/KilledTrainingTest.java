// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training killed with −9 at any moment, as often as one likes, and resumed, gives the same
 * weights, bit for bit, as one that was left alone.
 */
class KilledTrainingTest {
  private static final int KILLS = "full".equals(System.getProperty("ofp.tests")) ? 12 : 1;

  /** So many that the last kill, too, comes before the end. */
  private static final int EPOCHS = KILLS + 1;

  private static final Duration EVERY_STEP = Duration.ZERO;

  @TempDir Path temporary;

  /** Trains in a folder for some epochs, resuming what is there, and tells every step. */
  static final class Program {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      TrainingListener told =
          new TrainingListener() {
            @Override
            public void stepped(int epoch, int step, long globalStep, double loss) {
              System.out.println("step " + globalStep);
            }
          };
      Trainings.trainer(Trainings.options(Integer.parseInt(arguments[1]), EVERY_STEP), folder)
          .run(Trainer.hasCheckpoint(folder), told);
      System.out.println("done");
    }
  }

  @Test
  void endsAsOneThatWasLeftAlone() throws IOException, InterruptedException {
    long seed = new Random().nextLong();
    System.out.println("killed training: seed " + seed);
    Random random = new Random(seed);
    Path killed = temporary.resolve("killed");
    for (int kill = 0; kill < KILLS; kill++) {
      // from the second step on there is a checkpoint of the one before
      killAfter(2 + random.nextInt(3), random.nextInt(60), killed);
    }
    finish(killed);
    Path alone = temporary.resolve("alone");
    finish(alone);
    assertEquals(outcomes(alone), outcomes(killed));
    List<String> files = names(alone);
    assertEquals(files, names(killed), "no more is left, and no less");
    for (String file : files) {
      if (!file.equals("checkpoint.json")) { // it tells times
        assertArrayEquals(
            Files.readAllBytes(alone.resolve(file)),
            Files.readAllBytes(killed.resolve(file)),
            file);
      }
    }
  }

  /** All that does not tell how fast it was. */
  private static List<List<Double>> outcomes(Path folder) {
    TrainingState end = new Checkpoint(folder).read().progress();
    assertEquals(EPOCHS, end.epochs().size());
    return end.epochs().stream()
        .map(
            e ->
                List.of(
                    e.trainingLoss(),
                    e.validationLoss(),
                    e.pixelAccuracy(),
                    e.classAccuracy(),
                    e.mIoU(),
                    e.datasetMIoU()))
        .toList();
  }

  /** Trains to the end. */
  private static void finish(Path folder) throws IOException, InterruptedException {
    Process process = program(folder).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertEquals(0, process.waitFor());
  }

  /** A process of its own, as in this one other tests may have set libtorch's threads. */
  private static ProcessBuilder program(Path folder) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            folder.toString(),
            Integer.toString(EPOCHS))
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** Trains for some steps, waits, and kills. */
  private static void killAfter(int steps, int millis, Path folder)
      throws IOException, InterruptedException {
    Process process = program(folder).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = "";
      for (int i = 0; i < steps && line != null && !line.equals("done"); i++) {
        line = out.readLine();
      }
      Thread.sleep(millis); // so that it dies in any part of a step, or while it writes
      process.destroyForcibly();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      System.out.println("killed after " + line + " and " + millis + " ms");
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
