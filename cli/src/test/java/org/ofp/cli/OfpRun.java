// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ofp.cli.term.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** One run of {@code ofp} in this process, and what came of it. */
public record OfpRun(int status, String out, String err) {

  /** What a test wants done; gets the command it runs under. */
  public interface Work {
    void run(Ofp ofp) throws Exception;
  }

  /** Runs a command line; its subcommand {@code try}, if used, does nothing. */
  public static OfpRun of(String... args) {
    return of(false, Map.of(), ofp -> {}, args);
  }

  /** Runs a command line with environment variables. */
  public static OfpRun with(Map<String, String> env, String... args) {
    return of(false, env, ofp -> {}, args);
  }

  /** Does the work as a subcommand. */
  public static OfpRun doing(Work work) {
    return of(false, Map.of(), work, "try");
  }

  static OfpRun of(boolean tty, Map<String, String> env, Work work, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = run(tty, env, work, out, err, args);
    return new OfpRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Does the work as a subcommand whose standard output is the given stream. */
  static OfpRun into(OutputStream out, Work work) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = run(false, Map.of(), work, out, err, "try");
    return new OfpRun(status, "", err.toString(StandardCharsets.UTF_8));
  }

  private static int run(
      boolean tty,
      Map<String, String> env,
      Work work,
      OutputStream out,
      OutputStream err,
      String... args) {
    Ofp ofp =
        new Ofp(Terminal.of(out, err, tty, env), env) {
          @Override
          CommandLine declaration() {
            return super.declaration().addSubcommand("try", new Try(work));
          }
        };
    return ofp.run(args);
  }

  /** Asserts a failure told in one line with all the parts, and no stack trace. */
  public void assertFails(int expectedStatus, String... parts) {
    assertEquals(expectedStatus, status, err);
    assertTrue(err.startsWith("ofp: "), err);
    assertEquals(1, err.lines().count(), err);
    assertFalse(err.contains("\tat "), err);
    for (String part : parts) {
      assertTrue(err.contains(part), () -> "'" + part + "' is not in: " + err);
    }
  }

  @Command(name = "try", description = "Does what a test wants.")
  private static final class Try implements Callable<Integer> {
    private final Work work;

    @ParentCommand private Ofp ofp;

    Try(Work work) {
      this.work = work;
    }

    @Override
    public Integer call() throws Exception {
      work.run(ofp);
      return 0;
    }
  }
}
