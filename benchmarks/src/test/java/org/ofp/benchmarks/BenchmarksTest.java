// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.kernels.KernelStatus;
import org.ofp.kernels.Kernels;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.torch.OpticalContext;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs everything for a fraction of a second: that it works, not how fast. */
class BenchmarksTest {
  @Test
  void everyBenchmarkRuns() throws RunnerException {
    String[] engines =
        Kernels.list().stream()
            .filter(status -> status.kind().equals("fft") && status.available())
            .map(KernelStatus::name)
            .toArray(String[]::new);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .param("fft", engines)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Set<String> ran = new TreeSet<>();
    for (RunResult result : results) {
      assertTrue(result.getPrimaryResult().getScore() > 0);
      ran.add(result.getParams().getBenchmark().replaceFirst(".*\\.(?=\\w+\\.)", ""));
    }
    assertEquals(
        List.of(
            "FftBenchmark.frames512",
            "FftBenchmark.frames64",
            "NoiseBenchmark.readNoise",
            "NoiseBenchmark.shotAndReadNoise",
            "SimulatorBenchmark.transform"),
        List.copyOf(ran));
  }

  @Test
  void theRecordingReportHoldsEveryFigureAndLeavesNoFile(@TempDir Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RecordingReport.run(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), 0.01, 32, folder, true);
    String report = bytes.toString(StandardCharsets.UTF_8);
    for (String part : List.of("32×32", "bytes recorded a frame", "recording takes", "%")) {
      assertTrue(report.contains(part), report);
    }
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void theReportHoldsEveryFigure() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SimulatorReport.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), 0.1, 32);
    String report = bytes.toString(StandardCharsets.UTF_8);
    for (String part :
        List.of(
            "32×32",
            "raw FFT",
            "ideal",
            "demonstrator, four reads",
            "demonstrator, metering too",
            "jtransforms",
            "at most 8 ms",
            "at least 80 %",
            "bytes",
            "encode",
            "reconstruct")) {
      assertTrue(report.contains(part), part + " is not in " + report);
    }
  }

  @Test
  void theReportOfALayerHoldsEveryKernel() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ConvolutionReport.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), 0.05, 24);
    String report = bytes.toString(StandardCharsets.UTF_8);
    for (String kernel : List.of("3×3", "5×5", "7×7", "15×15", "31×31")) {
      assertTrue(report.contains(kernel), report);
    }
  }

  @Test
  void theReportOfANetworkHoldsBothDevices() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    NetworkReport.run(out, 1, 32, List.of("unet-efficientnet-b0"));
    String report = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(report.contains("sim:ideal") && report.contains("sim:demonstrator"), report);
    assertTrue(report.contains("peak resident memory"), report);
  }

  /** What training is compared with is the same network. */
  @Test
  void theBareNetworkIsTheModel() {
    try (PointerScope scope = new PointerScope()) {
      SegmentationModel model =
          Models.create("unet-efficientnet-b0", 5, OpticalContext.electronic(), 3);
      Tensor images = torch.randn(2, 3, 32, 32);
      Tensor expected = model.infer(images);
      Tensor bare = new BareUNet(model.parameters(), 0).forward(images);
      double error = bare.sub(expected).norm().item_double() / expected.norm().item_double();
      assertTrue(error < 1e-5, () -> "relative error " + error); // float32, some 60 layers
    }
  }

  @Test
  void theReportOfTrainingHoldsARatio() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TrainingReport.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), 1, 2, 32, 2);
    String report = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(report.contains("median ratio"), report);
  }

  @Test
  void theReportOfALargePictureHoldsTimeAndMemory() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    LargePictureReport.run(out, "sim:ideal?rows=64&cols=64", 64, 32, 3, 2);
    String report = bytes.toString(StandardCharsets.UTF_8);
    for (String part : List.of("96×64 pixels in 2 tiles", "agreement", "peak memory")) {
      assertTrue(report.contains(part), report);
    }
  }

  @Test
  void theReportOnAPoorDeviceHoldsAllThreeNetworks() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    NoiseAwareReport.run(out, 1, 1, 5, 16, "sim:demonstrator?rows=64&cols=64");
    String report = bytes.toString(StandardCharsets.UTF_8);
    for (String part : List.of("trained electronically", "on electronically", "on the device")) {
      assertTrue(report.contains(part), report);
    }
  }
}
