// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Optional;

/**
 * An optical Fourier processor: displays a frame on a spatial light modulator, lets a lens Fourier
 * transform the light, reads a detector.
 *
 * <p>A driver implements the six verbs; everything above the driver uses {@link #submit} alone.
 * Drivers that can pipeline override it. The verbs are called by one thread at a time; a device
 * states in its documentation whether {@code submit} may be called concurrently.
 *
 * <p>Every method but {@link #close} throws {@link DeviceException}, with {@link ErrorCode#CLOSED}
 * after the device was closed. A device that fails blanks its SLM and turns its source off.
 */
@Stable(since = "0.1")
public interface OpticalFourierDevice extends AutoCloseable {
  /** The version of this contract. */
  int API_LEVEL = 1;

  /** Identity, capabilities and physical parameters; the same object while the device is open. */
  DeviceDescription description();

  /**
   * Displays one frame; returns when the pixels have settled.
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_FRAME} if the declared modulation
   *     cannot show it
   */
  void load(SlmFrame frame);

  /** Arms or illuminates; may do nothing. The field is valid until the next load. */
  void transform();

  /**
   * Settles the reference arm, exposes and digitises. May be repeated for other readouts.
   *
   * @param into of the loaded frame's shape, with the device's planes
   */
  void read(Readout readout, DetectorFrame into);

  /** What the device has done so far; any thread may ask. */
  Telemetry telemetry();

  /** Blanks the SLM, turns the source off, releases the device. Closing again does nothing. */
  @Override
  void close();

  /**
   * Runs a sequence of frames. This default runs the verbs one frame after the other in the calling
   * thread and returns a finished job.
   *
   * @throws DeviceException if the sequence is inadmissible, or if the work failed before this
   *     method returned
   */
  default Job submit(FrameSequence sequence, JobOptions options) {
    return VerbSequencer.run(this, sequence, options);
  }

  /**
   * A further capability. A decorator passes the request on, but not for a capability by which
   * frames go past it, such as {@link DeviceMemory}, if it is there to see them.
   *
   * @return empty if this device does not have it
   */
  default <T> Optional<T> extension(Class<T> capability) {
    return Optional.empty();
  }
}
