// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A library of CUDA through a Java binding: loaded when first asked for, once for the process, with
 * the reason kept where that fails; at a second try the JVM itself no longer says why. Loading
 * needs no GPU, and takes no memory of one. Thread-safe.
 */
public final class CudaLibrary {
  private final String name;
  private final String binding;
  private final String file;
  private final Supplier<String> loader;
  private State state;

  /**
   * A library that {@code loader} loads.
   *
   * @param name such as {@code cuFFT}
   * @param binding to Java, such as {@code jcufft}
   * @param file it is in, on Linux
   * @param loader loads it and returns its version, or throws
   */
  CudaLibrary(String name, String binding, String file, Supplier<String> loader) {
    this.name = name;
    this.binding = binding;
    this.file = file;
    this.loader = loader;
  }

  /** For people, such as {@code cuFFT}. */
  public String name() {
    return name;
  }

  /** The Java binding: {@code jcufft} or {@code javacpp}. */
  public String binding() {
    return binding;
  }

  /** The file on Linux, such as {@code libcufft.so.12}. */
  public String file() {
    return file;
  }

  /** Its version, such as {@code 12.0.0}; empty if it does not load. Loads it. */
  public String version() {
    return state().version;
  }

  /** Why it does not load; empty if it does. Loads it. */
  public Optional<String> missing() {
    return state().reason;
  }

  private synchronized State state() {
    if (state == null) {
      try {
        state = new State(loader.get(), Optional.empty());
      } catch (LinkageError | RuntimeException e) {
        state = new State("", Optional.of(LinkFailure.reason(e)));
      }
    }
    return state;
  }

  private record State(String version, Optional<String> reason) {}
}
