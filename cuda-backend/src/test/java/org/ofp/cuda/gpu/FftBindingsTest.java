// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Which binding is chosen, and what is said about the other. */
class FftBindingsTest {
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void autoTakesTheFirstThatLoads() {
    FftBindings.Choice both = FftBindings.choose("auto", there("javacpp"), missing("jcufft"));
    assertEquals("javacpp", both.name());
    assertEquals(
        "javacpp (cuFFT 1.2.3); jcufft is the second choice and was not tried", both.text());
    assertEquals(1, loads.get());
    FftBindings.Choice second = FftBindings.choose("auto", missing("javacpp"), there("jcufft"));
    assertEquals("jcufft", second.name());
    assertEquals(
        "jcufft (cuFFT 1.2.3); javacpp does not load: libjavacpp.so not found", second.text());
  }

  @Test
  void withoutAnyBothReasonsAreTold() {
    DeviceException e =
        assertThrows(
            DeviceException.class,
            () -> FftBindings.choose("auto", missing("javacpp"), missing("jcufft")));
    assertEquals(ErrorCode.UNAVAILABLE, e.code());
    assertEquals(
        "no binding to cuFFT can be used: javacpp does not load: libjavacpp.so not found; jcufft"
            + " does not load: libjcufft.so not found; install CUDA 13 or 11, or see docs/GPU.md",
        e.getMessage());
  }

  @Test
  void whoAsksForOneGetsItOrAnError() {
    FftBindings.Choice asked = FftBindings.choose("jcufft", there("javacpp"), there("jcufft"));
    assertEquals("jcufft", asked.name());
    assertEquals("jcufft (cuFFT 1.2.3), as asked for", asked.text());
    assertEquals(1, loads.get(), "the other is not touched");
    DeviceException e =
        assertThrows(
            DeviceException.class,
            () -> FftBindings.choose("javacpp", missing("javacpp"), there("jcufft")));
    assertEquals(ErrorCode.UNAVAILABLE, e.code());
  }

  @Test
  void aFailureIsKept() {
    CudaLibrary library = missing("jcufft");
    assertEquals("libjcufft.so not found", library.missing().orElseThrow());
    assertEquals("libjcufft.so not found", library.missing().orElseThrow());
    assertEquals("", library.version());
    assertEquals(1, loads.get());
  }

  private CudaLibrary there(String binding) {
    return new CudaLibrary(
        "cuFFT",
        binding,
        "lib" + binding + ".so",
        () -> {
          loads.incrementAndGet();
          return "1.2.3";
        });
  }

  private CudaLibrary missing(String binding) {
    return new CudaLibrary(
        "cuFFT",
        binding,
        "lib" + binding + ".so",
        () -> {
          loads.incrementAndGet();
          throw new UnsatisfiedLinkError(
              "x.so: lib" + binding + ".so: cannot open shared object file: No such file");
        });
  }
}
