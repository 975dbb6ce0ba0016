// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.cli.io.NpyArray;
import org.ofp.cli.io.NpyReader;
import org.ofp.cli.io.NpyWriter;
import org.ofp.models.picture.Pictures;

/** A folder of files for one test, and runs of commands on them. */
abstract class CommandTestFolder {
  @TempDir Path folder;

  String path(String name) {
    return folder.resolve(name).toString();
  }

  String write(String name, NpyArray array) throws IOException {
    NpyWriter.write(folder.resolve(name), array);
    return path(name);
  }

  String write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
    return path(name);
  }

  /** Writes a picture full of detail, as JPEG or PNG by its name. */
  String picture(String name, int width, int height) throws IOException {
    BufferedImage noise = Pictures.noise(width, height, BufferedImage.TYPE_INT_RGB);
    return write(name, name.endsWith("jpg") ? Pictures.jpeg(noise) : Pictures.png(noise));
  }

  NpyArray read(String name) {
    return NpyReader.read(folder.resolve(name));
  }

  /** Names of all files, those in folders too. */
  Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> !file.equals(folder))
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Asserts success. */
  static OfpRun succeed(String... args) {
    OfpRun run = OfpRun.of(args);
    assertEquals(0, run.status(), run.err());
    return run;
  }

  /** Asserts failure in one line, which leaves no file behind. */
  OfpRun fail(int status, String part, String... args) throws IOException {
    Set<String> before = files();
    OfpRun run = OfpRun.of(args);
    run.assertFails(status, part);
    assertEquals("", run.out());
    assertEquals(before, files());
    return run;
  }

  static JsonNode json(OfpRun run) throws JsonProcessingException {
    return new ObjectMapper().readTree(run.out());
  }
}
