// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.PhysicalParameter;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.TestBench;

/** Faults that end a frame, a job or a device. */
@Timeout(60)
class FaultyDeviceTest {
  private final TestBench bench = new TestBench(ReadoutMode.FOUR_STEP, 12, BufferKind.HEAP, 20);

  private OpticalFourierDevice faulty(String options) {
    return Faulty.device(bench, options);
  }

  private static Job run(OpticalFourierDevice device, FrameSequence sequence) {
    Job job = device.submit(sequence, JobOptions.defaults());
    job.await();
    return job;
  }

  @Test
  void withoutFaultsJobsArePassedOnAsTheyAre() {
    Job theirs = Job.completed();
    FrameSequence[] seen = new FrameSequence[1];
    OpticalFourierDevice device =
        new FaultyDevice(
            new Faulty.Hooked(
                bench,
                (sequence, options) -> {
                  seen[0] = sequence;
                  return theirs;
                }),
            Faulty.plan(""));
    FrameSequence sequence = Faulty.sequence(3, ExposureControl.fixed());
    assertSame(theirs, device.submit(sequence, JobOptions.defaults()));
    assertSame(sequence, seen[0]);
    assertTrue(device.extension(Runnable.class).isPresent());
    OpticalFourierDevice bad =
        new FaultyDevice(new Faulty.Hooked(bench, null), Faulty.plan("drop=0.5"));
    assertFalse(bad.extension(Runnable.class).isPresent(), "frames could go past the faults");
  }

  @Test
  void theDescriptionSaysWhatIsWrong() {
    assertSame(bench.description(), faulty("seed=3").description());
    OpticalFourierDevice device = faulty("latency=0.5&drop=0.1");
    assertEquals(
        List.of(
            new PhysicalParameter("faulty.drop", "0.1", ""),
            new PhysicalParameter("faulty.latency", "0.5", "s"),
            new PhysicalParameter("faulty.seed", "1", "")),
        device.description().parameters());
    assertSame(device.description(), device.description());
  }

  @Test
  void framesThatNothingHappensToAreThoseOfTheDevice() {
    for (ExposureControl control :
        List.of(ExposureControl.fixed(), ExposureControl.auto(ExposureControl.DEFAULT_TARGET))) {
      FrameSequence expected = Faulty.sequence(5, control);
      run(bench, expected);
      FrameSequence sequence = Faulty.sequence(5, control);
      run(faulty("fail-at=99&latency=1e-6"), sequence);
      Faulty.assertSameResults(expected, sequence);
    }
  }

  @Test
  void aFailureIsRetryableAndTheNextAttemptGivesTheSameBits() {
    FrameSequence expected = Faulty.sequence(4, ExposureControl.fixed());
    run(bench, expected);
    for (String options : List.of("fail-at=2", "fail-rate=0.4", "drop=0.4", "drop=0.8&seed=4")) {
      OpticalFourierDevice device = faulty(options);
      FrameSequence sequence = Faulty.sequence(4, ExposureControl.fixed());
      int failures = 0;
      boolean done = false;
      while (!done) {
        try {
          run(device, sequence);
          done = true;
        } catch (DeviceException e) {
          assertEquals(ErrorCode.TRANSIENT_FAILURE, e.code(), e.getMessage());
          assertTrue(e.retryable());
          failures++;
          assertTrue(failures < 200, options);
        }
      }
      assertTrue(failures > 0, options);
      Faulty.assertSameResults(expected, sequence);
    }
  }

  /** Relative frequency of independent events: its standard deviation is √(p(1−p)/n). */
  @Test
  void ratesAreKeptAndDependOnNothingButSeedAndFrame() {
    int n = 4000;
    double p = 0.2;
    for (String fault : List.of("fail-rate", "drop", "stale")) {
      FaultPlan plan = Faulty.plan(fault + "=" + p + "&seed=11");
      FaultPlan other = Faulty.plan(fault + "=" + p + "&seed=12");
      int hit = 0;
      int both = 0;
      for (int id = 0; id < n; id++) {
        assertEquals(plan.faults(id, id, 0, 0), plan.faults(n - id, id, 0, 0));
        hit += plan.faults(0, id, 0, 0).size();
        both += plan.faults(0, id, 0, 0).size() * other.faults(0, id, 0, 0).size();
      }
      assertEquals(p, hit / (double) n, 5 * Math.sqrt(p * (1 - p) / n), fault);
      // Independent for another seed: p² of the frames by chance.
      assertEquals(p * p, both / (double) n, 5 * Math.sqrt(p * p / n), fault);
    }
  }

  @Test
  void aLostDeviceFailsForGoodAndWhatIsBehindIsDark() {
    for (String option : List.of("disconnect-at", "permanent-at")) {
      TestBench behind = new TestBench(ReadoutMode.FOUR_STEP, 12, BufferKind.HEAP, 20);
      OpticalFourierDevice device = Faulty.device(behind, option + "=2");
      ErrorCode code = option.startsWith("d") ? ErrorCode.DEVICE_LOST : ErrorCode.DEVICE_FAILURE;
      FrameSequence sequence = Faulty.sequence(4, ExposureControl.fixed());
      assertFails(code, () -> run(device, sequence), "frame 2", "open it anew");
      assertTrue(behind.closed);
      assertEquals(2, behind.shownIds.size());
      assertFails(code, () -> run(device, sequence.size(0)));
      assertFails(code, () -> device.load(Faulty.frame(sequence, 0)));
      assertFails(code, device::transform);
      assertFails(
          code, () -> device.read(Readout.plain(1), DetectorFrame.allocate(Faulty.SHAPE, 1)));
      assertSame(behind.description().capabilities(), device.description().capabilities());
      assertEquals(2, device.telemetry().framesLoaded());
      device.close();
      assertFails(ErrorCode.CLOSED, device::transform);
    }
  }

  @Test
  void aHungFrameEndsWhenItsThreadIsInterrupted() throws InterruptedException {
    OpticalFourierDevice device = faulty("hang-at=1");
    FrameSequence sequence = Faulty.sequence(3, ExposureControl.fixed());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread submitter = start(() -> run(device, sequence), failure);
    awaitFrames(1);
    submitter.interrupt();
    submitter.join();
    assertEquals(ErrorCode.CANCELLED, ((DeviceException) failure.get()).code());
    run(device, sequence);
  }

  @Test
  void aHungFrameThatIgnoresInterruptsEndsWhenTheDeviceIsClosed() throws InterruptedException {
    OpticalFourierDevice device = faulty("hang-at=1&ignore-interrupts=on");
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread submitter =
        start(() -> run(device, Faulty.sequence(3, ExposureControl.fixed())), failure);
    awaitFrames(1);
    submitter.interrupt();
    submitter.join(50);
    assertTrue(submitter.isAlive());
    device.close();
    submitter.join();
    assertEquals(ErrorCode.CLOSED, ((DeviceException) failure.get()).code());
  }

  @Test
  void latencyDelaysAFrameOnceAndNotItsMetering() {
    OpticalFourierDevice device = faulty("latency=0.02");
    long start = System.nanoTime();
    run(device, Faulty.sequence(3, ExposureControl.auto(ExposureControl.DEFAULT_TARGET)));
    // A lower bound that no load of the machine can break.
    assertTrue(System.nanoTime() - start >= 60_000_000L);
    for (int id = 0; id < 100; id++) {
      double delay = Faulty.plan("latency=0.5&jitter=2").faults(0, id, 0, 0).get(Fault.LATENCY);
      assertTrue(delay >= 0.5 && delay < 2.5, "delay " + delay);
    }
  }

  private static Thread start(Runnable work, AtomicReference<Throwable> failure) {
    Thread thread = new Thread(work);
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    return thread;
  }

  /** Until a frame was loaded and the next one hangs, or is about to. */
  private void awaitFrames(int frames) throws InterruptedException {
    while (bench.telemetry().framesLoaded() < frames) {
      Thread.sleep(1);
    }
  }

  @Test
  void aScriptNamesFramesAndFaults(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("faults");
    Files.writeString(
        script, "# a bad day\nframe 1: fail\n\nframe 3: latency 0.001 # slow\nframe 4: drop\n");
    OpticalFourierDevice device = faulty("script=" + script);
    FrameSequence sequence = Faulty.sequence(3, ExposureControl.fixed());
    // Frame 1 fails; then 2, 3 and 4 are the three of the second attempt, the last of which is
    // lost.
    assertFails(ErrorCode.TRANSIENT_FAILURE, () -> run(device, sequence), "number 1");
    assertFails(ErrorCode.TRANSIENT_FAILURE, () -> run(device, sequence), "number 4", "lost");
    run(device, sequence);
    for (String bad :
        List.of(
            "frame x: fail",
            "frame 1: explode",
            "frame 1: latency",
            "frame 1: fail 3",
            "frame 1: saturate 1.5",
            "frame 1: latency NaN",
            "frame 1: latency 1e9")) {
      Files.writeString(script, "frame 0: fail\n" + bad + "\n");
      assertFails(ErrorCode.INVALID_OPTION, () -> faulty("script=" + script), "line 2", bad);
    }
    assertFails(ErrorCode.INVALID_OPTION, () -> faulty("script=" + folder + "/none"), "read");
    Files.write(script, new byte[(1 << 20) + 1]);
    assertFails(ErrorCode.INVALID_OPTION, () -> faulty("script=" + script), "too large");
    Files.write(script, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertFails(ErrorCode.INVALID_OPTION, () -> faulty("script=" + script), "UTF-8");
  }

  @Test
  void theVerbsKeepTheirOrderBehindAFault() {
    OpticalFourierDevice device = faulty("fail-at=1");
    FrameSequence sequence = Faulty.sequence(3, ExposureControl.fixed());
    DetectorFrame into = DetectorFrame.allocate(Faulty.SHAPE, 1);
    assertFails(ErrorCode.ILLEGAL_STATE, device::transform);
    device.load(Faulty.frame(sequence, 0));
    assertFails(ErrorCode.ILLEGAL_STATE, () -> device.read(Readout.plain(1), into));
    device.transform();
    device.read(Readout.plain(1), into);
    assertThrows(DeviceException.class, () -> device.load(Faulty.frame(sequence, 1)));
    // The bench still shows frame 0: a read must not pass for frame 1.
    assertFails(ErrorCode.ILLEGAL_STATE, () -> device.read(Readout.plain(1), into));
    assertFails(ErrorCode.ILLEGAL_STATE, device::transform);
    assertEquals(1, bench.shownIds.size());
  }
}
