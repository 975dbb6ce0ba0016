// SPDX-License-Identifier: Apache-2.0
package com.example.toy;

import java.time.Duration;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;

final class ToyDevice implements OpticalFourierDevice {
  private final DeviceDescription description;
  private FrameShape shape;
  private long id;
  private int repeat;
  private double[] shown;
  private boolean lit;
  private volatile long frames;
  private volatile long reads;
  private volatile long nanos;
  private volatile boolean closed;

  ToyDevice(DeviceDescription description) {
    this.description = description;
  }

  @Override
  public DeviceDescription description() {
    requireOpen();
    return description;
  }

  @Override
  public synchronized void load(SlmFrame frame) {
    requireOpen();
    FrameChecks.requireAdmissible(frame, description.capabilities());
    shape = frame.shape();
    id = frame.id();
    repeat = frame.repeat();
    shown = new double[2 * shape.pixels()];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = frame.amplitudes().get(frame.offset() + i);
    }
    lit = false;
    frames++;
    nanos += 100_000;
  }

  @Override
  public synchronized void transform() {
    requireOpen();
    if (shape == null) {
      throw new DeviceException(ErrorCode.ILLEGAL_STATE, "no frame is loaded; call load first");
    }
    lit = true;
  }

  @Override
  public synchronized void read(Readout readout, DetectorFrame into) {
    requireOpen();
    if (!lit) {
      throw new DeviceException(ErrorCode.ILLEGAL_STATE, "there is no light; call transform first");
    }
    readout.requireWithin(description.capabilities());
    if (!into.shape().equals(shape) || into.planes() != 2) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT, "the destination is " + into.shape() + ", not " + shape);
    }
    double counts = 1000 * readout.exposure() * readout.gain();
    int rows = shape.rows();
    int cols = shape.cols();
    double scale = counts / Math.sqrt(shape.pixels());
    for (int m = 0; m < rows; m++) {
      for (int n = 0; n < cols; n++) {
        double re = 0;
        double im = 0;
        for (int j = 0; j < rows; j++) {
          for (int k = 0; k < cols; k++) {
            double turns =
                (double) (m - rows / 2) * (j - rows / 2) / rows
                    + (double) (n - cols / 2) * (k - cols / 2) / cols;
            double cos = Math.cos(2 * Math.PI * turns);
            double sin = SIGN Math.sin(2 * Math.PI * turns);
            double x = shown[2 * (j * cols + k)];
            double y = shown[2 * (j * cols + k) + 1];
            re += x * cos - y * sin;
            im += x * sin + y * cos;
          }
        }
        int pixel = into.offset() + m * cols + n;
        into.counts().put(pixel, (float) (scale * im)); // the lens's factor 1/i
        into.counts().put(pixel + shape.pixels(), (float) (-scale * re));
      }
    }
    reads++;
    nanos += 100_000 + Math.round(1e9 * readout.exposure());
    into.describe(
        id,
        repeat,
        readout.exposure(),
        readout.gain(),
        0,
        description.calibration().id(),
        nanos);
  }

  /** One job at a time: the frames of two would mix. */
  @Override
  public synchronized Job submit(FrameSequence sequence, JobOptions options) {
    return OpticalFourierDevice.super.submit(sequence, options);
  }

  /** Takes no lock: who asks again and again must not keep a job out. */
  @Override
  public Telemetry telemetry() {
    requireOpen();
    return new Telemetry(frames, reads, 0, Duration.ofNanos(nanos));
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new DeviceException(ErrorCode.CLOSED, "this device was closed; open it again");
    }
  }
}
