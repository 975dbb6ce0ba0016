// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cuda.gpu.Gpu;

/** The kernels that are shipped, before NVIDIA's own compiler, for all GPUs that are supported. */
class PtxCompilesTest {
  private static final Pattern ENTRY = Pattern.compile("^\\.visible \\.entry", Pattern.MULTILINE);
  private static final Pattern KERNEL =
      Pattern.compile(
          "Function properties for (\\S+)\\s+\\D*(\\d+) bytes stack frame, (\\d+) bytes spill stores,"
              + "[^\\n]*\\n[^\\n]*Used (\\d+) registers(?:, (\\d+) bytes smem)?");

  /** The kernels beside the product's classes. */
  private static Map<String, String> shipped() throws IOException, URISyntaxException {
    URL classes = Gpu.class.getProtectionDomain().getCodeSource().getLocation();
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(classes.toURI()).resolve("org/ofp/cuda"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ptx")).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  /** All that there are: those whose sources lie in the source folder. */
  @Test
  void noneIsMissing() throws IOException, URISyntaxException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> sources = Files.list(Path.of("src/main/cuda"))) {
      sources
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".cu"))
          .forEach(name -> names.add(name.replace(".cu", ".ptx")));
    }
    assertTrue(names.contains("bench.ptx"), () -> "no sources: " + names);
    assertTrue(shipped().keySet().containsAll(names), () -> "not shipped: some of " + names);
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
    Map<String, String> texts = shipped();
    assertFalse(texts.isEmpty(), "no kernels on the class path");
    texts.forEach(
        (name, ptx) -> {
          PtxCompiler.Result result = compile(ptx, architecture);
          assertTrue(result.compiled(), () -> name + ": " + result.log());
          List<MatchResult> kernels = KERNEL.matcher(result.log()).results().toList();
          assertEquals(
              ENTRY.matcher(ptx).results().count(),
              kernels.size(),
              () -> name + ": not every kernel is in the report: " + result.log());
          System.out.println(
              architecture
                  + " "
                  + name
                  + ": "
                  + kernels.stream().map(PtxCompilesTest::resources).collect(joining(", ")));
        });
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
