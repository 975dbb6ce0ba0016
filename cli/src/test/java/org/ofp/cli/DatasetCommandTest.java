// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetCommandTest extends CommandTestFolder {
  @Test
  void aSeedMakesOneDataSet() throws IOException {
    String[] args = {"dataset", "--count=2", "--size=40", "--seed=9", "--ground=6-30", "--out"};
    JsonNode json = json(succeed(with(args, path("a"), "--json")));
    assertEquals(path("a"), json.get("folder").asText());
    assertEquals(2, json.get("count").asInt());
    assertEquals(40, json.get("size").asInt());
    assertEquals(9, json.get("seed").asLong());
    assertEquals(30, json.get("groundMetres").get(1).asDouble());
    assertEquals(23, json.get("classPercent").size());
    double sum = 0;
    for (JsonNode percent : json.get("classPercent")) {
      sum += percent.asDouble();
    }
    assertEquals(100, sum, 1e-9);
    OfpRun run = succeed(with(args, path("b")));
    assertTrue(run.out().startsWith("Wrote 2 pictures of 40×40 pixels with masks to "), run.out());
    assertTrue(run.out().contains("paved-area"), run.out());
    for (String file : new String[] {"original_images/001.jpg", "label_images_semantic/001.png"}) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a/" + file)),
          Files.readAllBytes(folder.resolve("b/" + file)));
    }
    assertEquals(2 * (1 + 2 + 5), files().size());
  }

  @Test
  void aFolderWithPicturesStaysAsItIs() throws IOException {
    succeed("dataset", "--count=1", "--size=16", "--out", path("a"));
    Set<String> before = files();
    fail(1, "a: has pictures already, such as", "dataset", "--count=1", "--out", path("a"));
    assertEquals(before, files());
    String file = write("file", new byte[] {1});
    fail(1, "file: is a file", "dataset", "--count=1", "--out", file);
  }

  @ParameterizedTest
  @CsvSource({
    "--size=15, --size 15 must be from 16 to 2048",
    "--size=4096, --size 4096 must be from 16 to 2048",
    "--count=0, --count 0 must be from 1 to 1000000",
    "--ground=24-8, '24-8' is not a range MIN-MAX of 4 to 40 metres",
    "--ground=3, '3' is not a range MIN-MAX of 4 to 40 metres",
    "--ground=8-x, '8-x' is not a range",
    "--seed=x, x",
  })
  void wrongOptionsAreWrongUsage(String option, String message) throws IOException {
    fail(2, message, "dataset", option, "--out", path("a"));
  }

  @Test
  void theFolderIsNeeded() throws IOException {
    fail(2, "--out", "dataset");
  }

  private static String[] with(String[] args, String... more) {
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }
}
