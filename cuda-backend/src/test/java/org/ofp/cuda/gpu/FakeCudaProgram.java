// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.ofp.device.DeviceException;

/**
 * What {@link FakeCudaTest} runs in a process that finds {@code src/test/gpu/fake} instead of CUDA:
 * {@code tests CLASS...}, or one of the scenes below. Prints what comes of it.
 */
final class FakeCudaProgram {
  private FakeCudaProgram() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "tests" -> tests(Arrays.copyOfRange(arguments, 1, arguments.length));
      case "survey" -> System.out.println(CudaDriver.survey());
      case "probe" -> System.out.println(CudaProbe.availability());
      case "lost" -> lost();
      case "kernels" -> print("kernels", () -> DriverGpu.open(0).function("probe", "probe"));
      case "open" -> print("open", () -> DriverGpu.open(Integer.parseInt(arguments[1])));
      case "fft" -> print("fft", FakeCudaProgram::plan);
      case "blas" -> print("blas", FakeCudaProgram::blas);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void tests(String... classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.getFailures().forEach(f -> f.getException().printStackTrace());
    System.out.println(
        "passed " + summary.getTestsSucceededCount() + " of " + summary.getTestsFoundCount());
  }

  /** The first wait fails for good: then everything does, until all is closed and opened anew. */
  private static void lost() {
    DriverGpu gpu = DriverGpu.open(0);
    DriverGpu neighbour = DriverGpu.open(0);
    GpuMemory memory = neighbour.allocate("a test", 100);
    GpuStream stream = gpu.openStream();
    print("wait", stream::synchronize);
    print("after", () -> gpu.allocate("a test", 100));
    print("neighbour", neighbour::freeBytes);
    print("early", () -> DriverGpu.open(0));
    print(
        "close",
        () -> {
          stream.close();
          gpu.close();
          memory.close();
          neighbour.close();
        });
    print(
        "anew",
        () -> {
          try (DriverGpu again = DriverGpu.open(0);
              GpuMemory fresh = again.allocate("a test", 100);
              GpuStream other = again.openStream()) {
            other.clear(fresh.address(), 100);
            other.synchronize();
          }
        });
  }

  private static void plan() {
    try (DriverGpu gpu = DriverGpu.open(0);
        GpuStream stream = gpu.openStream()) {
      FftBindings.Choice choice = FftBindings.choose(FftBindings.AUTO);
      System.out.println(choice.text());
      FftBindings.open(choice, gpu).plan(8, 8, 2, stream).close();
    }
  }

  private static void blas() {
    try (DriverGpu gpu = DriverGpu.open(0);
        GpuStream stream = gpu.openStream()) {
      JavacppBlas.open(gpu, stream, true).close();
    }
  }

  private static void print(String step, Runnable action) {
    String outcome = "done";
    try {
      action.run();
    } catch (DeviceException e) {
      outcome = e.code() + ": " + e.getMessage();
    }
    System.out.println(step + " | " + outcome);
  }
}
