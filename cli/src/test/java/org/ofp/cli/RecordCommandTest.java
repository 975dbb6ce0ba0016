// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ofp.cli.io.NpyArray;

class RecordCommandTest extends CommandTestFolder {
  private static final List<String> SIMULATOR =
      List.of("sim-backend", "optical-model", "cuda-backend");

  private String field(String name, float first) throws IOException {
    float[] values = new float[16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 101) / 101f;
    }
    values[0] = first;
    return write(name, NpyArray.real(values, 16, 16));
  }

  @Test
  void aTransformIsRecordedShownAndReplayed() throws IOException {
    String in = field("in.npy", 0.5f);
    OfpRun run =
        succeed(
            "record",
            "--to",
            path("run.ofpr"),
            "transform",
            "sim:demonstrator",
            "-o",
            "seed=5",
            in,
            path("a.npy"));
    assertTrue(run.err().contains("recorded"), run.err());
    String text = succeed("replay", path("run.ofpr")).out();
    for (String part : List.of("sim:demonstrator", "16×16", "transform", "nothing")) {
      assertTrue(text.contains(part), text);
    }
    JsonNode json = json(succeed("replay", "--json", path("run.ofpr")));
    assertTrue(json.get("frames").asInt() > 0, text);
    assertTrue(json.get("closed").asBoolean());
    succeed(
        "replay", "--strict", path("run.ofpr"), "transform", "sim:demonstrator", in, path("b.npy"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.npy")), Files.readAllBytes(folder.resolve("b.npy")));
    String other = field("other.npy", 0.25f);
    fail(
        1,
        "frame 0 of the job (id ",
        "replay",
        path("run.ofpr"),
        "transform",
        "sim:x",
        other,
        path("c.npy"));
  }

  @Test
  void wrongUseIsOneLine() throws IOException {
    String in = field("in.npy", 0.5f);
    String out = path("out.npy");
    String file = path("run.ofpr");
    fail(2, "--to", "record", "transform", "sim:ideal", in, out);
    fail(2, "uses no device", "record", "--to", file, "dataset", "--out", path("d"));
    fail(
        2,
        "nothing to record without a device",
        "record",
        "--to",
        file,
        "segment",
        "--device=none",
        in);
    fail(1, "no such file", "replay", path("missing.ofpr"));
    Files.write(folder.resolve("run.ofpr"), new byte[3]);
    fail(1, "exists already", "record", "--to", file, "transform", "sim:ideal", in, out);
    fail(1, "does not begin like a recording", "replay", file);
  }

  @Test
  void aCutRecordingSaysSo() throws IOException {
    String in = field("in.npy", 0.5f);
    succeed("record", "--to", path("run.ofpr"), "transform", "sim:ideal", in, path("a.npy"));
    byte[] whole = Files.readAllBytes(folder.resolve("run.ofpr"));
    Files.write(
        folder.resolve("run.ofpr"),
        Arrays.copyOf(whole, whole.length - 5000),
        StandardOpenOption.TRUNCATE_EXISTING);
    String text = succeed("replay", path("run.ofpr")).out();
    assertTrue(text.contains("the recording was cut off"), text);
  }

  /** In a process whose class path has no simulator. */
  @Test
  void aSegmentationIsReplayedWithoutTheSimulator() throws Exception {
    String photo = picture("photo.png", 40, 33);
    String[] segment = {"segment", photo, "--untrained", "--out", path("a")};
    succeed(concat(List.of("record", "--to", path("run.ofpr")), segment));
    segment[4] = path("b");
    String out = withoutSimulator(0, concat(List.of("replay", path("run.ofpr")), segment));
    for (String name : List.of("photo-mask.png", "photo-classes.png")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(name)),
          Files.readAllBytes(folder.resolve("b").resolve(name)),
          out);
    }
    // The simulator is really not there.
    assertTrue(withoutSimulator(2, "info", "sim:ideal").contains("no driver for 'sim:'"));
    segment[1] = picture("photo2.png", 33, 40);
    out = withoutSimulator(1, concat(List.of("replay", path("run.ofpr")), segment));
    assertTrue(out.contains("frame 0 of the job (id "), out);
  }

  private static String[] concat(List<String> head, String... tail) {
    List<String> all = new ArrayList<>(head);
    all.addAll(List.of(tail));
    return all.toArray(String[]::new);
  }

  private static String withoutSimulator(int status, String... words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = OfpProcess.of(List.of(words));
    String path = System.getProperty("java.class.path");
    String rest =
        Arrays.stream(path.split(File.pathSeparator))
            .filter(entry -> SIMULATOR.stream().noneMatch(entry::contains))
            .collect(Collectors.joining(File.pathSeparator));
    builder.command().set(builder.command().indexOf(path), rest);
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(status, process.waitFor(), out);
    return out;
  }
}
