// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a tree of its own, whose {@code java} prints its arguments and whose
 * {@code mvn} makes the files that a build makes. The tree has a space in its name.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "ofp");

  private static final List<String> SYSTEM_TOOLS =
      List.of(
          "bash",
          "env",
          "readlink",
          "dirname",
          "basename",
          "sed",
          "head",
          "mkdir",
          "grep",
          "sleep",
          "touch",
          "mv",
          "rm",
          "flock",
          "perl");

  private static final String MAVEN =
      """
      #!/bin/sh
      echo run >> runs
      echo "$JAVA_HOME" > java-home
      echo '[INFO] Building OFP kernels 0.1.0-SNAPSHOT                    [4/8]'
      echo 'Downloaded from central: https://repo/x/pytorch-2.jar (87 MB at 5 MB/s)'
      sleep 0.3
      mkdir -p cli/target/ofp
      touch cli/target/ofp/ofp.jar cli/target/ofp/complete
      """;

  @TempDir private Path folder;
  private Path tree;
  private Path jdk;
  private Path tools;
  private Path system;

  /** What a launcher printed and how it ended. */
  record Outcome(int status, String out, String err) {}

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(folder.resolve("the tree"));
    Files.copy(LAUNCHER, tree.resolve("ofp"));
    jdk = folder.resolve("a jdk");
    tools = Files.createDirectories(folder.resolve("tools"));
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    script(
        jdk.resolve("bin/java"),
        "#!/bin/sh\necho \"$OMP_WAIT_POLICY\"\nfor a; do echo \"<$a>\"; done\nexit 42\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    script(tools.resolve("mvn"), MAVEN);
    system = Files.createDirectories(folder.resolve("system"));
    for (String tool : SYSTEM_TOOLS) {
      for (Path place : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
        if (Files.exists(place.resolve(tool)) && !Files.exists(system.resolve(tool))) {
          // A script and not a link: JUnit warns of every link out of the folder that it deletes.
          script(system.resolve(tool), "#!/bin/sh\nexec " + place.resolve(tool) + " \"$@\"\n");
        }
      }
    }
  }

  @Test
  void theScriptIsSound() throws Exception {
    Process bash = new ProcessBuilder("bash", "-n", LAUNCHER.toString()).inheritIO().start();
    assertEquals(0, bash.waitFor());
  }

  @Test
  void argumentsAndTheExitStatusPass() throws Exception {
    Outcome run = run("transform", "sim:x?a=1&b=2", "a b.npy", "*", "");
    assertEquals(42, run.status(), run.err());
    assertTrue(run.out().startsWith("PASSIVE\n"), run.out());
    assertTrue(
        run.out()
            .endsWith(
                "<-jar>\n<"
                    + tree.toRealPath()
                    + "/cli/target/ofp/ofp.jar>\n"
                    + "<transform>\n<sim:x?a=1&b=2>\n<a b.npy>\n<*>\n<>\n"),
        run.out());
    assertFalse(run.out().contains(".tty=true"), run.out());
  }

  @Test
  void theFirstRunBuildsAndSaysSoAndTheSecondIsSilent() throws Exception {
    String progress = run().err();
    assertTrue(progress.contains("ofp: building, once"), progress);
    assertTrue(progress.contains("OFP kernels 0.1.0-SNAPSHOT"), progress);
    assertTrue(progress.contains("downloaded pytorch-2.jar\n"), progress);
    assertEquals("", run().err());
    assertEquals(1, builds());
    assertEquals(jdk.toRealPath().toString(), Files.readString(tree.resolve("java-home")).strip());
  }

  @Test
  void symbolicLinksAreFollowed() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("first link"), Path.of("the tree", "ofp"));
    Path second = Files.createSymbolicLink(folder.resolve("ofp"), link);
    Outcome run = launch(List.of(second.toString()), environment());
    assertEquals(42, run.status(), run.err());
    assertEquals(1, builds());
    assertTrue(run.out().contains("<-Dofp.program=" + second + ">\n"), "as called: " + run.out());
  }

  @Test
  void anInterruptedBuildIsNotTakenForAWholeOne() throws Exception {
    Files.createDirectories(tree.resolve("cli/target/ofp"));
    Files.createFile(tree.resolve("cli/target/ofp/ofp.jar"));
    assertEquals(42, run().status());
    assertEquals(1, builds());
  }

  @Test
  void firstRunsAtTheSameTimeBuildOnce() throws Exception {
    List<Process> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(start(List.of(tree.resolve("ofp").toString()), environment(), i));
    }
    for (Process run : runs) {
      assertEquals(42, run.waitFor());
    }
    assertEquals(1, builds());
  }

  @Test
  void aFailedBuildShowsItsErrorsAndTheLog() throws Exception {
    script(tools.resolve("mvn"), "#!/bin/sh\necho '[ERROR] no such symbol'\nexit 1\n");
    Outcome run = run();
    assertEquals(1, run.status());
    assertTrue(run.err().contains("[ERROR] no such symbol"), run.err());
    assertTrue(run.err().contains("the log is " + tree.toRealPath() + "/cli/target/"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void missingToolsAreNamed() throws Exception {
    Files.delete(tools.resolve("mvn"));
    assertRefused(environment(), "mvn was not found");
    script(tools.resolve("mvn"), MAVEN);
    Files.delete(jdk.resolve("bin/javac"));
    assertRefused(environment(), "has no javac");
    assertRefused(Map.of("PATH", path(), "JAVA_HOME", "/no/such"), "JAVA_HOME is '/no/such'");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
    assertRefused(environment(), "is Java 1.8.0_402; install a JDK 17 or newer");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    assertRefused(environment(), "is Java 11.0.2; install a JDK 17 or newer");
  }

  @Test
  void javaWithoutAReleaseFileIsAsked() throws Exception {
    Files.delete(jdk.resolve("release"));
    script(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        [ "$1" = -version ] && { echo 'openjdk version "21" 2023' >&2; exit; }
        exit 42
        """);
    assertEquals(42, run().status());
  }

  @Test
  void javaOptionsAreWordsButNotPatterns() throws Exception {
    Map<String, String> environment =
        Map.of("PATH", path(), "JAVA_HOME", jdk.toString(), "OFP_JAVA_OPTS", "-Xmx6g -Dx=*");
    String out = launch(List.of(tree.resolve("ofp").toString()), environment).out();
    assertTrue(out.contains("<-Xmx6g>\n<-Dx=*>\n<-jar>"), out);
  }

  @Test
  void newerJavaGetsTheOptionThatSilencesUnsafe() throws Exception {
    assertFalse(run().out().contains("unsafe"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    assertTrue(run().out().contains("<--sun-misc-unsafe-memory-access=allow>"));
  }

  private void assertRefused(Map<String, String> environment, String part) throws Exception {
    Outcome run = launch(List.of(tree.resolve("ofp").toString()), environment);
    assertEquals(1, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("ofp: ") && run.err().contains(part), run.err());
  }

  private Outcome run(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(tree.resolve("ofp").toString()));
    command.addAll(List.of(args));
    return launch(command, environment());
  }

  private Map<String, String> environment() {
    return Map.of("PATH", path(), "JAVA_HOME", jdk.toString());
  }

  /** The tools of the system, but not a Maven or Java that may be installed beside them. */
  private String path() {
    return tools + ":" + system;
  }

  private Outcome launch(List<String> command, Map<String, String> environment) throws Exception {
    Process process = start(command, environment, 0);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Outcome(
        process.exitValue(),
        Files.readString(folder.resolve("out0")),
        Files.readString(folder.resolve("err0")));
  }

  private Process start(List<String> command, Map<String, String> environment, int number)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("out" + number).toFile())
        .redirectError(folder.resolve("err" + number).toFile())
        .start();
  }

  private long builds() throws IOException {
    return Files.readAllLines(tree.resolve("runs")).size();
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    assertTrue(file.toFile().setExecutable(true));
  }
}
