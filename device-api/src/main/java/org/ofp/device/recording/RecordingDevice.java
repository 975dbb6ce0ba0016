// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.Experimental;
import org.ofp.device.ExposureControl;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameLoop;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.LeakWatch;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.device.StageTimes;

/**
 * A device all of whose frames are recorded: what was asked of it and what it measured, bit for
 * bit, in one file that {@link Recording} reads and {@code replay:} serves again.
 *
 * <p>A frame is recorded when it is complete, with its job's end or its {@code read}, and written
 * by another thread while the device works on. {@code submit} may be called concurrently if the
 * wrapped device's may, and its jobs run on as they do without. Only extensions by which no frame
 * goes past {@code submit} are passed on.
 *
 * <p>If the file cannot be written any more, the next call of {@code load}, {@code read} or {@code
 * submit}, or else {@link #close}, throws {@link ErrorCode#DEVICE_FAILURE}, once. What was measured
 * is good, and the device works on, unrecorded: whether to go on is the caller's choice.
 */
@Experimental(since = "0.1")
public final class RecordingDevice extends ForwardingDevice {
  /** Frames too small to be a task of their own are recorded in runs of about so many bytes. */
  private static final long RUN_BYTES = 1 << 20;

  private final Path file;
  private final RecordingWriter writer;
  private final boolean compact;
  private final AtomicLong jobs = new AtomicLong();
  private final AtomicBoolean reported = new AtomicBoolean();
  private final LeakWatch leakWatch;

  /** What was loaded last; guarded by this. */
  private SlmFrame loaded;

  private RecordingDevice(
      OpticalFourierDevice device, Path file, RecordingWriter writer, boolean compact) {
    super(device);
    this.compact = compact;
    this.file = file;
    this.writer = writer;
    leakWatch = LeakWatch.device(this, "record:" + file, writer::close);
  }

  /**
   * Begins a recording.
   *
   * @param device closed with the recording; left open if this fails
   * @param file made now
   * @param compact whether counts that are whole numbers of 16 bits take two bytes instead of four:
   *     the file of four reads is a third smaller, and recording takes three times the processor
   *     time
   * @throws DeviceException with {@link ErrorCode#INVALID_ARGUMENT} if the file exists already or
   *     cannot be made
   */
  public static RecordingDevice open(
      OpticalFourierDevice device, Path file, Provenance provenance, boolean compact) {
    return open(device, file, provenance, compact, RecordingSink.create(file));
  }

  static RecordingDevice open(
      OpticalFourierDevice device,
      Path file,
      Provenance provenance,
      boolean compact,
      RecordingSink sink) {
    byte[] header = new RecordingHeader(device.description(), provenance).bytes(sink.alignment());
    try {
      return new RecordingDevice(device, file, new RecordingWriter(sink, header), compact);
    } catch (IOException e) {
      try {
        sink.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw failure(file, "cannot be written: " + e.getMessage() + "; make room", e);
    }
  }

  private static DeviceException failure(Path file, String what, IOException e) {
    return new DeviceException(ErrorCode.DEVICE_FAILURE, "recording " + file + " " + what, e);
  }

  private void reportFailure() {
    IOException failure = writer.failure();
    if (failure != null && reported.compareAndSet(false, true)) {
      throw failure(
          file,
          "broke off: "
              + failure.getMessage()
              + "; the device works on unrecorded, what is complete in the file can be replayed",
          failure);
    }
  }

  @Override
  public void load(SlmFrame frame) {
    reportFailure();
    synchronized (this) {
      device().load(frame); // if it is refused, the field is still that of the frame before
      float[] copy = new float[2 * frame.shape().pixels()];
      frame.amplitudes().get(frame.offset(), copy);
      loaded = new SlmFrame(frame.shape(), FloatBuffer.wrap(copy), 0, frame.id(), frame.repeat());
    }
  }

  @Override
  public void read(Readout readout, DetectorFrame into) {
    reportFailure();
    synchronized (this) {
      device().read(readout, into);
      FrameSequence one =
          new FrameSequence(
              loaded.shape(),
              1,
              List.of(readout),
              into.planes(),
              ExposureControl.fixed(),
              loaded.amplitudes(),
              into.counts().slice(into.offset(), into.planes() * into.shape().pixels()));
      one.identify(0, loaded.id(), loaded.repeat());
      one.exposure(0, 0, into.exposure());
      one.saturated(0, 0, into.saturated());
      record(jobs.getAndIncrement(), one, 0, 1, into.timestampNanos());
    }
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    reportFailure();
    requireRecordable(sequence);
    long number = jobs.getAndIncrement();
    note(RecordFormat.JOB, number, block -> block.putLong(sequence.size()), Long.BYTES);
    try {
      Job job = device().submit(sequence, options);
      job.whenDone(() -> record(number, job, sequence));
      return job;
    } catch (DeviceException e) {
      noteFailure(number, e.code() + ": " + e.getMessage());
      throw e;
    }
  }

  private static void requireRecordable(FrameSequence sequence) {
    long bytes = FramePayload.maxBytes(sequence);
    if (bytes > RecordingWriter.MAX_BLOCK) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "a frame with its reads takes "
              + bytes
              + " bytes, a recording holds up to "
              + RecordingWriter.MAX_BLOCK
              + " a frame; use smaller frames or fewer reads");
    }
  }

  /** Records the frames of a job that has ended, and that it failed if it did. */
  private void record(long number, Job job, FrameSequence sequence) {
    int frames = sequence.size();
    if (frames > 0 && job.status(0) == Job.FrameStatus.WAITING) {
      job.await(); // a job that cannot tell when it is done: it may run on, but not past this
    }
    boolean[] good = new boolean[frames]; // asked by this thread: for others it may not be done yet
    int bad = 0;
    for (int i = 0; i < frames; i++) {
      good[i] = job.status(i) == Job.FrameStatus.DONE;
      bad += good[i] ? 0 : 1;
    }
    int run = (int) Math.max(1, RUN_BYTES / RecordFormat.size(FramePayload.maxBytes(sequence)));
    FrameLoop.each(
        (frames + run - 1) / run,
        k -> {
          int end = Math.min(frames, (k + 1) * run);
          for (int from = k * run; from < end; from++) {
            int to = from;
            while (to < end && good[to]) {
              to++;
            }
            record(number, sequence, from, to, 0);
            from = to;
          }
        });
    if (bad > 0) {
      noteFailure(number, bad + " of " + frames + " frames have no result");
    }
  }

  /** Records frames {@code from} to {@code to} − 1 in one block. */
  private void record(long number, FrameSequence sequence, int from, int to, long timestampNanos) {
    if (from == to || writer.failure() != null) {
      return;
    }
    long bytes = RecordFormat.size(FramePayload.maxBytes(sequence));
    ByteBuffer block = writer.take((to - from) * bytes);
    try {
      for (int i = from; i < to; i++) {
        int at = RecordFormat.begin(block);
        FramePayload.write(block, number, sequence, i, timestampNanos, compact);
        RecordFormat.end(block, at, RecordFormat.FRAME);
      }
    } catch (RuntimeException | Error e) {
      writer.drop(block);
      throw e;
    }
    writer.put(block, to - from);
  }

  private void noteFailure(long number, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    note(RecordFormat.FAILURE, number, block -> block.put(text), text.length);
  }

  /** Records something about a job. */
  private void note(int kind, long number, Consumer<ByteBuffer> what, int bytes) {
    if (writer.failure() == null) {
      ByteBuffer block = writer.take(RecordFormat.size(Long.BYTES + bytes));
      int at = RecordFormat.begin(block);
      block.putLong(number);
      what.accept(block);
      RecordFormat.end(block, at, kind);
      writer.put(block, 0);
    }
  }

  /** Only what lets no frame go past {@code submit}. */
  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    return capability == StageTimes.class ? super.extension(capability) : Optional.empty();
  }

  /** Closes the device, then the file, which is on the disk when this returns. */
  @Override
  public void close() {
    try {
      super.close();
    } finally {
      writer.close();
      leakWatch.closed();
    }
    reportFailure();
  }
}
