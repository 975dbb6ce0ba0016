// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.ofp.device.DeviceDescription;
import org.ofp.device.Experimental;

/**
 * A recording that is read. Opening it reads all of it once, checks every checksum and keeps what
 * is said about the frames; their pixels stay in the file. Safe for use by several threads.
 */
@Experimental(since = "0.1")
public final class Recording implements AutoCloseable {
  private final RecordingFile file;
  private final RecordingHeader header;
  private final RecordingScan.Contents contents;
  private final List<RecordedFrame> frames;

  private Recording(RecordingFile file, RecordingHeader header, RecordingScan.Contents contents) {
    this.file = file;
    this.header = header;
    this.contents = contents;
    frames = contents.frames().stream().map(RecordingScan.Entry::frame).toList();
  }

  /**
   * Opens a file. One that was cut off is read up to where it was, see {@link #losses}.
   *
   * @throws org.ofp.device.DeviceException with {@link org.ofp.device.ErrorCode#INVALID_RECORDING}
   *     if it is none, or is damaged
   */
  public static Recording open(Path path) {
    RecordingFile file = RecordingFile.open(path);
    try {
      RecordingHeader header = header(file);
      RecordingScan.Contents contents = new RecordingScan(file).run();
      contents.frames().forEach(entry -> requireOf(header.device(), entry.frame(), file));
      return new Recording(file, header, contents);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** A frame that the device cannot have measured does not fit where it is to be served. */
  private static void requireOf(DeviceDescription device, RecordedFrame frame, RecordingFile file) {
    if (frame.planes() != device.capabilities().readout().planes()
        || !device.capabilities().accepts(frame.shape())) {
      throw file.invalid(
          "the device it describes has no frames of "
              + frame.shape()
              + " with "
              + frame.planes()
              + " plane(s)",
          null);
    }
  }

  private static RecordingHeader header(RecordingFile file) {
    try {
      if (file.length() < RecordingHeader.FIRST_LINE) {
        throw new IllegalArgumentException("it does not begin like a recording");
      }
      int length = RecordingHeader.length(file.read(0, RecordingHeader.FIRST_LINE).array());
      if (file.length() < length) {
        throw new IllegalArgumentException("it ends within its header");
      }
      return RecordingHeader.parse(file.read(0, length).array());
    } catch (IllegalArgumentException e) {
      throw file.invalid(e.getMessage(), e);
    }
  }

  /** The file. */
  public Path path() {
    return file.path();
  }

  /** The device as it described itself. */
  public DeviceDescription description() {
    return header.device();
  }

  /** Where it comes from. */
  public Provenance provenance() {
    return header.provenance();
  }

  /** All frames, by job and index in it. */
  public List<RecordedFrame> frames() {
    return frames;
  }

  /** What failed while it was recorded, a line for each job. */
  public List<String> failures() {
    return contents.failures();
  }

  /** What is missing. */
  public Losses losses() {
    return contents.losses();
  }

  /**
   * What a recording lacks that was cut off.
   *
   * @param closed whether it was ended properly
   * @param frames that were begun and are not there, failed ones apart; frames begun in the last
   *     moment may be missing here too
   * @param bytes at the file's end that are no complete record
   */
  public record Losses(boolean closed, long frames, long bytes) {
    /** Whether anything may be missing. */
    public boolean any() {
      return !closed || frames > 0 || bytes > 0;
    }

    @Override
    public String toString() {
      return closed
          ? frames == 0 ? "none" : frames + " frames begun are not there"
          : "it was cut off: "
              + frames
              + " frames begun are not there, and "
              + bytes
              + " bytes at the end are no complete record";
    }
  }

  /** The amplitudes of frame {@code i} of {@link #frames}, {@code [rows, cols, 2]}. */
  public float[] amplitudes(int i) {
    return amplitudes(contents.frames().get(i));
  }

  float[] amplitudes(RecordingScan.Entry entry) {
    float[] amplitudes = new float[2 * entry.frame().shape().pixels()];
    file.read(entry.amplitudesAt(), Float.BYTES * amplitudes.length)
        .asFloatBuffer()
        .get(amplitudes);
    return amplitudes;
  }

  /** The counts of frame {@code i} of {@link #frames}, {@code [reads, planes, rows, cols]}. */
  public float[] counts(int i) {
    RecordingScan.Entry entry = contents.frames().get(i);
    float[] counts = new float[entry.frame().counts()];
    counts(entry, FloatBuffer.wrap(counts), 0);
    return counts;
  }

  /** Copies the counts of a frame to a place. */
  void counts(RecordingScan.Entry entry, FloatBuffer into, int offset) {
    int n = entry.frame().counts();
    ByteBuffer bytes = file.read(entry.countsAt(), Math.toIntExact(entry.code().bytes(n)));
    entry.code().read(bytes, into, offset, n);
  }

  /** Frames as the scan found them, by job and index. */
  List<RecordingScan.Entry> entries() {
    return contents.frames();
  }

  @Override
  public void close() {
    file.close();
  }
}
