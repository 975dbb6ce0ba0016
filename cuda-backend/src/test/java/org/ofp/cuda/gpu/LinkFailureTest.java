// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Messages as they were seen on machines without the libraries. */
class LinkFailureTest {
  @Test
  void jcudaReportsInManyLines() {
    UnsatisfiedLinkError seen =
        new UnsatisfiedLinkError(
            "Error while loading native library \"JCudaDriver-11.8.0-linux-x86_64\"\n"
                + "Operating system name: Linux\n"
                + "Stack trace from the attempt to load the library as a file:\n"
                + "java.lang.UnsatisfiedLinkError: no JCudaDriver-11.8.0-linux-x86_64 in"
                + " java.library.path: /usr/java/packages/lib\n"
                + "Stack trace from the attempt to load the library as a resource:\n"
                + "java.lang.UnsatisfiedLinkError: /tmp/libJCudaDriver-11.8.0-linux-x86_64.so:"
                + " libcuda.so.1: cannot open shared object file: No such file or directory\n");
    assertEquals("libcuda.so.1 not found", LinkFailure.reason(seen));
  }

  @Test
  void javaCppReportsInTheCause() {
    UnsatisfiedLinkError seen = new UnsatisfiedLinkError("no jnicufft in java.library.path: /lib");
    seen.initCause(
        new UnsatisfiedLinkError(
            "/home/user/.javacpp/cache/libjnicufft.so: libcufft.so.12: cannot open shared object file:"
                + " No such file or directory"));
    assertEquals("libcufft.so.12 not found", LinkFailure.reason(seen));
  }

  @Test
  void othersAreQuotedByTheirFirstLine() {
    assertEquals(
        "something else", LinkFailure.reason(new UnsatisfiedLinkError("something else\nand more")));
    assertEquals(
        "jcuda.driver.JCudaDriver is not on the class path",
        LinkFailure.reason(new NoClassDefFoundError("jcuda/driver/JCudaDriver")));
    assertEquals("IllegalStateException", LinkFailure.reason(new IllegalStateException("")));
    assertEquals(
        "a library lacks the version libcufft.so.10",
        LinkFailure.reason(
            new UnsatisfiedLinkError(
                "/tmp/a.so: /lib/libcufft.so.10: version `libcufft.so.10' not found (required by"
                    + " /tmp/a.so)")));
    assertEquals(
        "a DLL of CUDA was not found on the PATH",
        LinkFailure.reason(new UnsatisfiedLinkError("x.dll: Can't find dependent libraries")));
  }
}
