// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cuda.gpu.Gpu;

/** The kernels that are shipped, before NVIDIA's own compiler, for all GPUs that are supported. */
class PtxCompilesTest {
  private static final Pattern KERNEL =
      Pattern.compile(
          "Function properties for (\\S+)\\s+\\D*(\\d+) bytes stack frame, (\\d+) bytes spill stores,"
              + "[^\\n]*\\n[^\\n]*Used (\\d+) registers(?:, (\\d+) bytes smem)?");

  /** The texts on the class path beside the product's classes. */
  private static List<Path> shipped() throws IOException, URISyntaxException {
    URL classes = Gpu.class.getProtectionDomain().getCodeSource().getLocation();
    try (Stream<Path> files = Files.list(Path.of(classes.toURI()).resolve("org/ofp/cuda"))) {
      return files.filter(file -> file.toString().endsWith(".ptx")).sorted().toList();
    }
  }

  private static PtxCompiler.Result compile(String ptx, String architecture) {
    try {
      return PtxCompiler.compile(ptx, architecture);
    } catch (LinkageError e) {
      return abort("no PTX compiler for this machine: " + e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sm_75", "sm_80", "sm_86", "sm_89", "sm_90"})
  void compilesForEveryGpu(String architecture) throws IOException, URISyntaxException {
    for (Path file : shipped()) {
      PtxCompiler.Result result = compile(Files.readString(file), architecture);
      assertTrue(result.compiled(), () -> file.getFileName() + ": " + result.log());
      String kernels =
          KERNEL.matcher(result.log()).results().map(k -> resources(k)).collect(joining(", "));
      System.out.println(architecture + " " + file.getFileName() + ": " + kernels);
    }
  }

  /** Such as {@code encode 58 (4200 bytes shared)}: registers, and what is not 0. */
  private static String resources(MatchResult kernel) {
    return kernel.group(1)
        + " "
        + kernel.group(4)
        + (kernel.group(2).equals("0") ? "" : " (" + kernel.group(2) + " bytes stack)")
        + (kernel.group(3).equals("0") ? "" : " (" + kernel.group(3) + " bytes spilt)")
        + (kernel.group(5) == null ? "" : " (" + kernel.group(5) + " bytes shared)");
  }

  @Test
  void brokenTextIsRejected() {
    String sound = Snippet.kernel("add.s32 %r9, %r1, %r2;");
    assertTrue(compile(sound, "sm_75").compiled());
    PtxCompiler.Result result = compile(sound.replace("add.s32", "add.q32"), "sm_75");
    assertFalse(result.compiled());
    assertTrue(result.log().contains("add"), result.log());
    assertFalse(compile(sound.replace("%r1, %r2;", "%r1, %undeclared;"), "sm_75").compiled());
  }
}
