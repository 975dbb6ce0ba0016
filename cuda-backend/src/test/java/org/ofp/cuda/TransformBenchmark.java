// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.ofp.cuda.gpu.DriverGpu;
import org.ofp.cuda.gpu.FftBindings;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuFftPlan;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.BufferKind;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceTransforms;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Options;
import org.ofp.device.Readout;
import org.ofp.device.TransformOptions;
import org.ofp.optics.BenchParameters;

/**
 * Prints what a 512×512 frame takes on GPU 0: the raw transform, benches whose frames are in the
 * GPU's memory, whole transforms of fields that stay there, the device with frames in the host's,
 * and the simulator on two threads. For a machine with a GPU and no Maven, see docs/GPU.md;
 * arguments are the bindings to cuFFT to measure.
 */
final class TransformBenchmark {
  private static final FrameShape SHAPE = new FrameShape(512, 512);
  private static final int FRAMES = 64;
  private static final int ROUNDS = 7;
  private static final long FRAME_BYTES = 2L * Float.BYTES * SHAPE.pixels();

  private TransformBenchmark() {}

  public static void main(String[] args) {
    for (String binding : args.length == 0 ? new String[] {FftBindings.AUTO} : args) {
      try (DriverGpu gpu = DriverGpu.open(0)) {
        FftBindings.Choice choice = FftBindings.choose(binding);
        System.out.printf("%s; %s%n", gpu.description(), choice.text());
        GpuFft fft = FftBindings.open(choice, gpu);
        double raw = Double.POSITIVE_INFINITY;
        for (int batch : new int[] {1, 4, 16, 64}) {
          double seconds = raw(gpu, fft, batch, FRAMES);
          raw = Math.min(raw, seconds);
          System.out.printf("raw cuFFT, batches of %d: %.2f us a frame%n", batch, 1e6 * seconds);
          System.out.printf(
              "  the same batch again and again, in the cache: %.2f us a frame%n",
              1e6 * raw(gpu, fft, batch, batch));
        }
        double ideal = onGpu(gpu, fft, "ideal");
        report("ideal, frames on the GPU", ideal, raw);
        System.out.printf("  throughput %.0f %% of raw cuFFT (target 80)%n", 100 * raw / ideal);
        double demonstrator = onGpu(gpu, fft, "demonstrator");
        report("demonstrator, metered, four reads, frames on the GPU", demonstrator, raw);
        System.out.printf("  %.2f times the raw transform (target 3)%n", demonstrator / raw);
        reportResident("ideal", binding, raw);
        reportResident("demonstrator", binding, raw);
        report("ideal, from and to the host", device("cuda:0?preset=ideal&fft=" + binding), raw);
        double host = device("cuda:0?preset=demonstrator&fft=" + binding);
        report("demonstrator, from and to the host", host, raw);
        double simulator = onTwoThreads("sim:demonstrator");
        report("sim:demonstrator on two threads", simulator, raw);
        System.out.printf(
            "  the GPU is %.0f times as fast, %.0f times from and to the host (target 50)%n",
            simulator / demonstrator, simulator / host);
      }
    }
  }

  private static void report(String what, double seconds, double raw) {
    System.out.printf("%s: %.2f us a frame, %.2f of raw%n", what, 1e6 * seconds, seconds / raw);
  }

  /** Seconds of a frame where so many are transformed in turn, a batch at a time. */
  private static double raw(DriverGpu gpu, GpuFft fft, int batch, int inTurn) {
    try (GpuStream stream = gpu.openStream();
        GpuMemory frames = gpu.allocate("frames", FRAME_BYTES * inTurn);
        GpuFftPlan plan = fft.plan(SHAPE.rows(), SHAPE.cols(), batch, stream)) {
      stream.clear(frames.address(), frames.bytes());
      int turns = 16 * FRAMES / inTurn;
      return median(
              () -> {
                for (int i = 0; i < turns; i++) {
                  for (int at = 0; at < inTurn; at += batch) {
                    long address = frames.address() + FRAME_BYTES * at;
                    plan.transform(address, address, false);
                  }
                }
                stream.synchronize();
              })
          / turns
          / inTurn;
    }
  }

  private static double onGpu(DriverGpu gpu, GpuFft fft, String preset) {
    DeviceUri.Layer layer =
        DeviceUri.parse("cuda:0?rows=512&cols=512&preset=" + preset).innermost();
    BenchParameters bench =
        BenchParameters.of(new Options(CudaOptions.of(layer.options()), layer.options()));
    Capabilities capabilities = bench.capabilities(BufferKind.HEAP);
    DeviceDescription description =
        new DeviceDescription("b", "b", "b", capabilities, bench.calibration(), List.of());
    BenchOnGpu onGpu =
        new BenchOnGpu(description, bench, 4e8, gpu, fft, stream -> Optional.empty(), () -> {});
    try (BenchTables tables = onGpu.tables(SHAPE, 0, 0);
        GpuStream stream = gpu.openStream();
        BenchPipeline pipeline = onGpu.pipeline(tables, stream)) {
      FrameJob job = job(capabilities, bench.fullScale());
      long countBytes =
          (long) Float.BYTES * tables.planes() * job.readouts().size() * SHAPE.pixels();
      try (GpuMemory frames = gpu.allocate("frames", FRAME_BYTES * FRAMES);
          GpuMemory fresh = gpu.allocate("frames", FRAME_BYTES * FRAMES);
          GpuMemory counts = gpu.allocate("counts", countBytes * FRAMES);
          HostMemory host = gpu.allocateHost("frames", FRAME_BYTES)) {
        host.bytes().asFloatBuffer().put(frame());
        for (int i = 0; i < FRAMES; i++) {
          stream.upload(host, 0, fresh.address() + FRAME_BYTES * i, FRAME_BYTES);
        }
        stream.synchronize();
        return median(
                () -> {
                  stream.copy(fresh.address(), frames.address(), FRAME_BYTES * FRAMES);
                  stream.synchronize();
                },
                () -> {
                  pipeline.run(job, false, frames.address(), counts.address(), 0);
                  stream.synchronize();
                  pipeline.finish(job);
                })
            / FRAMES;
      }
    } finally {
      onGpu.close();
    }
  }

  private static FrameJob job(Capabilities capabilities, double fullScale) {
    List<Readout> readouts =
        FourierTransformer.readouts(capabilities.readout(), capabilities.defaultExposure());
    double[] meter = new double[FRAMES];
    Arrays.fill(meter, capabilities.defaultExposure() / 100);
    int reads = FRAMES * readouts.size();
    return new FrameJob(
        FRAMES,
        new long[FRAMES],
        new int[FRAMES],
        meter,
        readouts,
        fullScale < Double.POSITIVE_INFINITY ? ExposureControl.auto(0.8) : ExposureControl.fixed(),
        new double[reads],
        new int[reads]);
  }

  private static float[] frame() {
    Random random = new Random(1);
    float[] frame = new float[2 * SHAPE.pixels()];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = 1.4f * random.nextFloat() - 0.7f;
    }
    return frame;
  }

  /** Encoded, shown and reconstructed on the GPU, as convolutions have it. */
  private static void reportResident(String preset, String binding, double raw) {
    String what = preset + ", fields that stay on the GPU";
    try (OpticalFourierDevice device =
        Devices.open("cuda:0?preset=" + preset + "&fft=" + binding)) {
      Optional<DeviceTransforms> room =
          DeviceTransforms.of(device, TransformOptions.defaults(), SHAPE);
      if (room.isEmpty()) {
        System.out.printf("%s: not offered, cuBLAS is missing%n", what);
        return;
      }
      try (DeviceTransforms transforms = room.get()) {
        report(what, resident(transforms), raw);
      }
    }
  }

  private static double resident(DeviceTransforms transforms) {
    int n = Math.min(FRAMES, transforms.capacity());
    float[] frame = frame();
    for (int i = 0; i < n; i++) {
      transforms.fields().write(FloatBuffer.wrap(frame), 0, (long) i * frame.length, frame.length);
    }
    FloatBuffer one = FloatBuffer.allocate(1);
    return median(
            () -> {
              transforms.forward(n);
              // To read is to wait.
              transforms.fields().read(0, one, 0, 1);
            })
        / n;
  }

  private static double device(String uri) {
    try (OpticalFourierDevice device = Devices.open(uri)) {
      Capabilities capabilities = device.description().capabilities();
      List<Readout> readouts =
          FourierTransformer.readouts(capabilities.readout(), capabilities.defaultExposure());
      int planes = capabilities.readout().planes();
      boolean metered = device.description().calibration().fullScale() < Double.POSITIVE_INFINITY;
      float[] amplitudes = new float[FRAMES * 2 * SHAPE.pixels()];
      for (int i = 0; i < FRAMES; i++) {
        System.arraycopy(frame(), 0, amplitudes, i * 2 * SHAPE.pixels(), 2 * SHAPE.pixels());
      }
      FrameSequence sequence =
          new FrameSequence(
              SHAPE,
              FRAMES,
              readouts,
              planes,
              metered ? ExposureControl.auto(0.8) : ExposureControl.fixed(),
              FloatBuffer.wrap(amplitudes),
              FloatBuffer.allocate(FRAMES * readouts.size() * planes * SHAPE.pixels()));
      for (int i = 0; i < FRAMES; i++) {
        sequence.meterExposure(i, capabilities.defaultExposure() / 100);
      }
      return median(() -> device.submit(sequence, JobOptions.defaults()).await()) / FRAMES;
    }
  }

  private static double onTwoThreads(String uri) {
    ForkJoinPool two = new ForkJoinPool(2);
    try {
      return two.submit(() -> device(uri)).join();
    } finally {
      two.shutdown();
    }
  }

  private static double median(Runnable round) {
    return median(() -> {}, round);
  }

  /** Median seconds of some rounds, after two to warm up, without those of what comes before. */
  private static double median(Runnable before, Runnable round) {
    double[] seconds = new double[ROUNDS];
    for (int i = -2; i < ROUNDS; i++) {
      before.run();
      long start = System.nanoTime();
      round.run();
      if (i >= 0) {
        seconds[i] = 1e-9 * (System.nanoTime() - start);
      }
    }
    Arrays.sort(seconds);
    return seconds[ROUNDS / 2];
  }
}
