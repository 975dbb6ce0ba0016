// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java side's calls of CUDA, through the bindings that ship and down to C, on a machine without
 * a GPU: {@code src/test/gpu/fake} stands in for the driver, cuFFT and cuBLAS, computes on the host
 * and fails on demand. It shows that arguments arrive and status codes come back; not that a GPU
 * agrees. Needs Linux on x86-64 and a C compiler, and is skipped without.
 */
class FakeCudaTest {
  @TempDir static Path folder;

  @BeforeAll
  static void build() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the stand-in for CUDA is for Linux on x86-64");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/cc")),
        "there is no C compiler to build the stand-in for CUDA with");
    assumeTrue(
        Files.exists(Path.of("src/test/gpu/fake/build.sh")),
        "this does not run in the module's folder");
    compile("fake/build.sh", folder);
  }

  private static void compile(String script, Path into) throws IOException, InterruptedException {
    Process build =
        new ProcessBuilder("src/test/gpu/" + script, into.toString())
            .redirectErrorStream(true)
            .start();
    String log = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, build.waitFor(), log);
  }

  @Test
  void theTestsOfTheRealThingPass() throws Exception {
    String out =
        run(
            Map.of(),
            "tests",
            DriverGpuTest.class.getName(),
            FftBindingTest.class.getName(),
            BlasBindingTest.class.getName());
    assertTrue(out.matches("(?s).*passed (\\d\\d) of \\1\\s*"), out);
  }

  /** What makes JCufft testable on hosts with a newer CUDA: cufft10/forward.c. */
  @Test
  void theForwarderPassesCallsOnToANewerCufft() throws Exception {
    Path forwarder = folder.resolve("forwarder");
    compile("cufft10/build.sh", forwarder);
    for (String library :
        List.of("libcuda.so.1", "libcudart.so.13", "libcufft.so.12", "libcublas.so.13")) {
      Files.copy(folder.resolve(library), forwarder.resolve(library));
    }
    Map<String, String> path = Map.of("LD_LIBRARY_PATH", forwarder.toString());
    String out = run(path, "tests", FftBindingTest.class.getName());
    assertTrue(out.contains("passed 14 of 14"), out);
    Files.delete(forwarder.resolve("libcufft.so.12"));
    String none = run(path, "fft");
    assertTrue(
        none.startsWith(
            "fft | UNAVAILABLE: no binding to cuFFT can be used: javacpp does not load:"
                + " libcufft.so.12 not found; jcufft does not load: it does not tell its version:"
                + " CUFFT_SETUP_FAILED (7)"),
        none);
  }

  @Test
  void theGpuIsDescribed() throws Exception {
    String out = run(Map.of(), "survey");
    assertTrue(
        out.contains("usable=true")
            && out.contains("driverVersion=13000")
            && out.contains("name=Fake GPU 0, computeCapability=90")
            && out.contains("multiprocessors=108, totalBytes=1073741824"),
        out);
  }

  @Test
  void whatWasFoundIsTold() throws Exception {
    String out = run(Map.of("OFP_FAKE_CUDA_GPUS", "3"), "probe");
    assertEquals(
        "Availability[usable=true, reason=Fake GPU 0 and 2 more, driver for CUDA 13.0, javacpp"
            + " (cuFFT 12.0.0); jcufft is the second choice and was not tried]",
        out.strip());
  }

  @Test
  void whyThereIsNoGpu() throws Exception {
    String none =
        run(Map.of("OFP_FAKE_CUDA", "cuInit:100", "CUDA_VISIBLE_DEVICES", "-1"), "survey");
    assertTrue(
        none.contains(
            "the NVIDIA driver shows no GPU: CUDA_ERROR_NO_DEVICE (100); CUDA_VISIBLE_DEVICES is"
                + " '-1', which may hide them"),
        none);
    String old = run(Map.of("OFP_FAKE_CUDA_VERSION", "10020"), "survey");
    assertTrue(old.contains("supports CUDA 10.2; 11.0 or newer is needed"), old);
    String pascal = run(Map.of("OFP_FAKE_CUDA_MAJOR", "6"), "survey");
    assertTrue(
        pascal.contains("usable=false, reason=Fake GPU 0 has compute capability 6.0; 7.5"), pascal);
    String second = run(Map.of(), "open", "1");
    assertTrue(
        second.contains("UNAVAILABLE: there is no cuda:1; the only GPU here is cuda:0"), second);
  }

  @Test
  void afterAFatalErrorTheGpuIsLostUntilItIsOpenedAnew() throws Exception {
    String out = run(Map.of("OFP_FAKE_CUDA", "cuStreamSynchronize:700"), "lost");
    List<String> steps = out.lines().toList();
    assertTrue(
        steps
            .get(0)
            .startsWith(
                "wait | DEVICE_LOST: cuda:0: the work on the GPU failed: cuStreamSynchronize"
                    + " returned CUDA_ERROR_ILLEGAL_ADDRESS (700): the fake's words; close the"),
        out);
    assertTrue(
        steps.get(1).startsWith("after | DEVICE_LOST: cuda:0: the GPU was lost: cuda:0: the work"),
        out);
    assertTrue(steps.get(2).startsWith("neighbour | DEVICE_LOST: cuda:0: choosing the GPU"), out);
    assertTrue(
        steps.get(3).startsWith("early | DEVICE_LOST: GPU 0 was lost")
            && steps.get(3).contains("2 of its users are still open"),
        out);
    assertEquals("close | done", steps.get(4), out);
    assertEquals("anew | done", steps.get(5), out);
  }

  @Test
  void whatTheCompilerOfKernelsSaysIsInTheMessage() throws Exception {
    String out = run(Map.of("OFP_FAKE_CUDA", "cuModuleLoadDataEx:218"), "kernels");
    assertTrue(
        out.startsWith(
            "kernels | DEVICE_FAILURE: cuda:0: compiling the kernels of probe (ptxas fatal : the"
                + " fake does not like it) failed: cuModuleLoadDataEx returned"
                + " CUDA_ERROR_INVALID_PTX (218)"),
        out);
  }

  @Test
  void librariesFailTyped() throws Exception {
    String none = run(Map.of("OFP_FAKE_CUFFT", "2"), "fft");
    assertTrue(none.startsWith("javacpp (cuFFT 12.0.0); jcufft is the second choice"), none);
    assertTrue(
        none.contains(
            "OUT_OF_MEMORY: cuda:0: transforms of 2 frames 8x8 failed: cufftMakePlanMany returned"
                + " CUFFT_ALLOC_FAILED (2); 1,073,741,824 bytes are free; use smaller"),
        none);
    String blas = run(Map.of("OFP_FAKE_CUBLAS", "1"), "blas");
    assertTrue(
        blas.startsWith(
            "blas | DEVICE_FAILURE: cuda:0: a matrix product failed: cublasCreate returned"
                + " CUBLAS_STATUS_NOT_INITIALIZED (1)"),
        blas);
    // A GPU that is lost shows first in the library; the driver knows it.
    String lost =
        run(Map.of("OFP_FAKE_CUBLAS", "13", "OFP_FAKE_CUDA", "cuCtxSynchronize:719"), "blas");
    assertTrue(
        lost.startsWith("blas | DEVICE_LOST: cuda:0: a matrix product with cublasCreate failed:"),
        lost);
  }

  private static String run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dofp.gpu=required"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(FakeCudaProgram.class.getName());
    words.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    builder.environment().put("LD_LIBRARY_PATH", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it hangs");
    assertEquals(0, process.exitValue(), Files.readString(out) + Files.readString(err));
    return Files.readString(out);
  }
}
