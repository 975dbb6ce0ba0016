// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.error;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCategory;
import org.ofp.kernels.KernelUnavailableException;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.io.WeightsException;
import org.ofp.models.training.TrainingException;
import picocli.CommandLine;

/**
 * What the user is told about an exception, and the exit status it leads to. This is the one place
 * that knows the typed exceptions of the layers below: a new one gets its line in {@link #of}.
 *
 * @param exitStatus one of {@link ExitStatus}
 * @param message one line, without the {@code ofp:} in front
 */
public record Failure(int exitStatus, String message) {
  /** Libtorch's exceptions come without types; this one starts with a line of its source. */
  private static final String TORCH_OUT_OF_MEMORY = "DefaultCPUAllocator";

  /** Translates whatever ended a command. */
  public static Failure of(Throwable thrown) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof CliException e) {
      return new Failure(e.exitStatus(), e.getMessage());
    }
    if (cause instanceof DeviceException e) {
      return ofDevice(e);
    }
    if (cause instanceof WeightsException
        || cause instanceof UnusableFileException
        || cause instanceof TrainingException) {
      return failed(text(cause));
    }
    if (cause instanceof FileSystemException e) {
      return failed(fileProblem(e));
    }
    if (cause instanceof IOException e) {
      return failed("input or output failed: " + text(e));
    }
    if (cause instanceof OutOfMemoryError e) {
      return failed(memoryProblem(e));
    }
    if (cause instanceof RuntimeException e && isTorchOutOfMemory(e)) {
      return failed("out of memory: libtorch gets no more; make the input smaller");
    }
    if (cause instanceof KernelUnavailableException e) {
      return failed(text(e));
    }
    if (cause instanceof UnsatisfiedLinkError e) {
      return failed("a native library cannot be loaded here: " + text(e));
    }
    return bug(cause);
  }

  /** Whether libtorch got no memory for what it was to compute. */
  public static boolean isTorchOutOfMemory(RuntimeException e) {
    return text(e).contains(TORCH_OUT_OF_MEMORY);
  }

  /** The layers in between add nothing that a user could act on. */
  private static Throwable unwrap(Throwable thrown) {
    Throwable t = thrown;
    while (t.getCause() != null
        && (t instanceof CommandLine.ExecutionException
            || t instanceof ExecutionException
            || t instanceof CompletionException
            || t instanceof UncheckedIOException)) {
      t = t.getCause();
    }
    return t;
  }

  private static Failure ofDevice(DeviceException e) {
    if (e.category() == ErrorCategory.INTERNAL) {
      return bug(e);
    }
    return switch (e.code()) {
      case MALFORMED_URI, UNKNOWN_SCHEME, UNKNOWN_OPTION, INVALID_OPTION ->
          new Failure(ExitStatus.USAGE, text(e));
      default -> failed(text(e));
    };
  }

  private static String fileProblem(FileSystemException e) {
    String file = String.valueOf(e.getFile());
    if (e instanceof NoSuchFileException) {
      return file + ": no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return file + ": permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return file + ": not a folder";
    }
    return file + ": " + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
  }

  /** The Java heap has a remedy of its own; native memory and threads report their own limits. */
  private static String memoryProblem(OutOfMemoryError e) {
    String detail = text(e);
    boolean heap = detail.contains("heap") || detail.contains("GC overhead");
    if (detail.contains("Physical memory usage")) {
      return "out of memory: "
          + detail
          + "; make the input smaller, or allow more with"
          + " OFP_JAVA_OPTS=-Dorg.bytedeco.javacpp.maxPhysicalBytes=16g";
    }
    if (!heap) {
      return "out of memory: " + detail;
    }
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    return "out of memory: the Java heap is limited to "
        + mebibytes
        + " MiB; allow more with OFP_JAVA_OPTS=-Xmx"
        + 2 * mebibytes
        + "m, or make the input smaller";
  }

  private static Failure bug(Throwable cause) {
    return failed(
        "internal error ("
            + cause
            + "); this is a bug in ofp, please report it with the stack trace that --verbose shows");
  }

  private static Failure failed(String message) {
    return new Failure(ExitStatus.FAILURE, message);
  }

  private static String text(Throwable t) {
    return t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
  }
}
