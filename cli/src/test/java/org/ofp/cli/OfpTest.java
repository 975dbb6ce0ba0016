// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ofp.cli.error.CliException;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.kernels.KernelUnavailableException;
import org.ofp.models.io.WeightsException;
import org.ofp.models.training.TrainingException;

/** Exit statuses, one-line errors, help: what scripts and people rely on in every command. */
class OfpTest {

  @ParameterizedTest
  @CsvSource({"--help", "-h", "help", "try --help", "try -h", "help try"})
  void helpGoesToStandardOutput(String args) {
    OfpRun run = OfpRun.of(args.split(" "));
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("Usage: ofp"), run.out());
    assertTrue(run.out().contains("--json") && run.out().contains("--verbose"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void helpOfACommandDescribesThatCommand() {
    assertTrue(OfpRun.of("try", "--help").out().contains("Does what a test wants."));
  }

  @ParameterizedTest
  @CsvSource({"--version", "-V", "try --version"})
  void versionGoesToStandardOutput(String args) {
    OfpRun run = OfpRun.of(args.split(" "));
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("ofp "), run.out());
    assertEquals("", run.err());
  }

  @Test
  void noCommandShowsUsageAsAnError() {
    OfpRun run = OfpRun.of();
    assertEquals(2, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("Usage: ofp"), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "tri, unknown command 'tri' (did you mean 'try'?); see 'ofp --help'",
    "try --jsno, unknown option '--jsno' (did you mean '--json'?); see 'ofp try --help'",
    "--verbos, unknown option '--verbos' (did you mean '--verbose'?); see 'ofp --help'",
    "try extra, unexpected argument 'extra'; see 'ofp try --help'",
    "help tri, unknown subcommand 'tri'; see 'ofp --help'",
    "try @file, unexpected argument '@file'; see 'ofp try --help'",
  })
  void wrongUsageSuggestsTheNearestName(String args, String message) {
    OfpRun run = OfpRun.of(args.split(" "));
    run.assertFails(2, message);
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource({"--json try", "try --json"})
  void commonOptionsStandBeforeOrAfterTheCommand(String args) {
    OfpRun run =
        OfpRun.of(false, Map.of(), ofp -> ofp.terminal().out().print(ofp.json()), args.split(" "));
    assertEquals("true", run.out());
  }

  @Test
  void commandExceptionsCarryTheirStatus() {
    failing(CliException.failure("no light")).assertFails(1, "ofp: no light");
    failing(CliException.usage("--size 0 is not positive")).assertFails(2, "ofp: --size 0");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void deviceExceptionsAreWrongUsageOnlyWhereTheUriIs(ErrorCode code) {
    OfpRun run = failing(new DeviceException(code, "what was wrong"));
    switch (code) {
      case MALFORMED_URI, UNKNOWN_SCHEME, UNKNOWN_OPTION, INVALID_OPTION ->
          run.assertFails(2, "ofp: what was wrong");
      case INTERNAL -> run.assertFails(1, "internal error", "what was wrong", "bug");
      default -> run.assertFails(1, "ofp: what was wrong");
    }
  }

  @Test
  void weightsThatDoNotFitAreAFailure() {
    failing(new WeightsException("layer.weight is missing")).assertFails(1, "ofp: layer.weight");
  }

  @Test
  void trainingThatCannotGoOnIsAFailure() {
    failing(new TrainingException(TrainingException.Reason.DIVERGED, "the loss is NaN"))
        .assertFails(1, "ofp: the loss is NaN");
  }

  @Test
  void fileExceptionsNameTheFile() {
    failing(new NoSuchFileException("a.npy")).assertFails(1, "a.npy: no such file");
    failing(new AccessDeniedException("a.npy")).assertFails(1, "a.npy: permission denied");
    failing(new NotDirectoryException("a.npy")).assertFails(1, "a.npy: not a folder");
    failing(new FileSystemException("a.npy", null, "No space left on device"))
        .assertFails(1, "a.npy: No space left on device");
    failing(new FileSystemException("a.npy")).assertFails(1, "a.npy: FileSystemException");
  }

  @Test
  void wrappingExceptionsAreLookedThrough() {
    failing(
            new CompletionException(
                new UncheckedIOException(new IOException("No space left on device"))))
        .assertFails(1, "ofp: input or output failed: No space left on device");
  }

  @Test
  void outOfMemoryNamesTheRemedy() {
    failing(new OutOfMemoryError("Java heap space"))
        .assertFails(1, "out of memory", "OFP_JAVA_OPTS=-Xmx");
    failing(new OutOfMemoryError("Physical memory usage is too high"))
        .assertFails(1, "out of memory: Physical memory usage is too high", "maxPhysicalBytes=16g");
    failing(new RuntimeException("[enforce fail] DefaultCPUAllocator: can't allocate\nframe #0"))
        .assertFails(1, "out of memory: libtorch", "make the input smaller");
  }

  @Test
  void aMissingNativeLibraryIsNoBug() {
    failing(new UnsatisfiedLinkError("no jnitorch in java.library.path"))
        .assertFails(1, "native library", "no jnitorch");
  }

  @Test
  void anEngineThatIsAskedForAndMissingIsNoBug() {
    failing(new KernelUnavailableException("There is no fft engine 'fast'."))
        .assertFails(1, "ofp: There is no fft engine 'fast'.");
  }

  @Test
  void anythingElseIsABug() {
    failing(new IllegalStateException("impossible"))
        .assertFails(1, "internal error", "impossible", "bug", "--verbose");
    failing(new StackOverflowError()).assertFails(1, "internal error", "StackOverflowError");
  }

  @Test
  void verboseAddsTheStackTrace() {
    OfpRun run =
        OfpRun.of(
            false,
            Map.of(),
            ofp -> {
              throw CliException.failure("no light");
            },
            "try",
            "--verbose");
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("ofp: no light\n"), run.err());
    assertTrue(run.err().contains("\tat org.ofp.cli."), run.err());
  }

  @Test
  void messagesCannotBreakTheLineOrTheTerminal() {
    failing(CliException.failure("a\nb\r\u001b[2J\u2028c\u202e"))
        .assertFails(1, "ofp: a\\nb\\r\\u001b[2J\\u2028c\\u202e");
    OfpRun endless = failing(CliException.failure("x".repeat(1_000_000)));
    endless.assertFails(1, "xxx");
    assertTrue(endless.err().length() < 1100);
  }

  @Test
  void colourOnlyOnATerminalAndNotWithNoColor() {
    String red = "\u001b[1;31m";
    assertTrue(onTerminal(Map.of()).err().contains(red));
    assertFalse(onTerminal(Map.of("NO_COLOR", "1")).err().contains("\u001b"));
    assertFalse(onTerminal(Map.of("TERM", "dumb")).err().contains("\u001b"));
    assertFalse(OfpRun.of("tri").err().contains("\u001b"));
    assertFalse(OfpRun.of("--help").out().contains("\u001b"));
  }

  @Test
  void resultsThatDoNotArriveAreAFailure() {
    writingInto("No space left on device")
        .assertFails(1, "cannot write to standard output: No space left on device");
  }

  @Test
  void aReaderThatClosedEarlyNeedsNoMessage() {
    OfpRun run = writingInto("Broken pipe");
    assertEquals(1, run.status());
    assertEquals("", run.err());
  }

  private static OfpRun failing(Throwable thrown) {
    return OfpRun.doing(
        ofp -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (Exception) thrown;
        });
  }

  private static OfpRun onTerminal(Map<String, String> env) {
    return OfpRun.of(true, env, ofp -> {}, "tri");
  }

  private static OfpRun writingInto(String failure) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    return OfpRun.into(broken, ofp -> ofp.terminal().out().println("result"));
  }
}
