// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ofp.cli.report.RunCommand;
import org.ofp.cli.term.Terminal;
import picocli.CommandLine;

class RunCommandTest {
  private static final List<String> LINE =
      List.of(
          "--verbose",
          "--driver-path=a.jar",
          "segment",
          "-o",
          "rows=64",
          "in",
          "--compare",
          "-ocols=32",
          "--out",
          "in", // named as a picture is
          "--size",
          "70",
          "--first-image=5",
          "x y.png",
          "--json");

  @Test
  void onePictureTakesAllOptionsButItsPlace() {
    OutputStream none = OutputStream.nullOutputStream();
    Ofp ofp = new Ofp(Terminal.of(none, none, false, Map.of()), Map.of());
    CommandLine.ParseResult parsed = ofp.declaration().parseArgs(LINE.toArray(String[]::new));
    RunCommand command = RunCommand.of("./ofp", parsed, Path.of("in"));
    List<String> whole = new ArrayList<>(List.of("./ofp"));
    whole.addAll(LINE);
    assertEquals(whole, command.words());
    assertEquals(
        List.of(
            "./ofp",
            "--verbose",
            "--driver-path=a.jar",
            "segment",
            "./-a.png",
            "-o",
            "rows=64",
            "-o",
            "cols=32",
            "--compare",
            "--size=70",
            "--json",
            "--first-image=9",
            "--out=in/a"),
        command.alone(Path.of("-a.png"), 9, "a"));
  }
}
