// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.function.Supplier;

/**
 * The native libraries, each loaded when first needed, once, and with its failure kept: after a
 * failed class initialisation the JVM itself no longer says why.
 *
 * <p>This class links without the libraries' jars; only the suppliers touch them.
 */
final class NativeLibraries {

  private static final Handle<MklLibrary> MKL =
      new Handle<>("org.bytedeco:mkl", () -> new MklLibrary());
  private static final Handle<OpenBlasLibrary> OPENBLAS =
      new Handle<>("org.bytedeco:openblas", () -> new OpenBlasLibrary());

  private NativeLibraries() {}

  /**
   * Intel MKL; OpenBLAS, where it is present, is loaded before it (see {@link MklLibrary}).
   *
   * @throws KernelUnavailableException with the reason
   */
  static MklLibrary mkl() {
    OPENBLAS.attempt();
    return MKL.get();
  }

  /**
   * OpenBLAS.
   *
   * @throws KernelUnavailableException with the reason
   */
  static OpenBlasLibrary openBlas() {
    return OPENBLAS.get();
  }

  /** A library, or the reason why there is none. */
  private static final class Handle<T> {

    private final String artifact;
    private final Supplier<T> loader;
    private volatile T library;
    private KernelUnavailableException failure;

    Handle(String artifact, Supplier<T> loader) {
      this.artifact = artifact;
      this.loader = loader;
    }

    T get() {
      attempt();
      if (library == null) {
        throw new KernelUnavailableException(failure.getMessage(), failure.getCause());
      }
      return library;
    }

    void attempt() {
      if (library == null) {
        load();
      }
    }

    private synchronized void load() {
      if (library != null || failure != null) {
        return;
      }
      try {
        library = loader.get();
      } catch (UnsatisfiedLinkError e) {
        fail("the natives of " + artifact + " for this platform are missing or do not load", e);
      } catch (NoClassDefFoundError e) {
        fail(artifact + " is not on the class path", e);
      } catch (LinkageError | RuntimeException e) {
        fail(artifact + " does not load", e);
      }
    }

    private void fail(String what, Throwable why) {
      failure = new KernelUnavailableException(what + " (" + why.getMessage() + ")", why);
    }
  }
}
