// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Optional;

/**
 * A device that passes everything on to another one: the base of decorators, which override what
 * they change. It passes {@link #submit} on, too, so that a device that pipelines stays one, and
 * {@link #extension}s; a decorator that has to see every frame hides those by which frames go past
 * {@code submit}.
 */
@Experimental(since = "0.1")
public abstract class ForwardingDevice implements OpticalFourierDevice {
  private final OpticalFourierDevice device;

  /**
   * A device around another.
   *
   * @param device closed with this one
   */
  protected ForwardingDevice(OpticalFourierDevice device) {
    this.device = device;
  }

  /** The device that everything is passed on to. */
  protected final OpticalFourierDevice device() {
    return device;
  }

  @Override
  public DeviceDescription description() {
    return device.description();
  }

  @Override
  public void load(SlmFrame frame) {
    device.load(frame);
  }

  @Override
  public void transform() {
    device.transform();
  }

  @Override
  public void read(Readout readout, DetectorFrame into) {
    device.read(readout, into);
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    return device.submit(sequence, options);
  }

  @Override
  public Telemetry telemetry() {
    return device.telemetry();
  }

  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    return device.extension(capability);
  }

  @Override
  public void close() {
    device.close();
  }
}
