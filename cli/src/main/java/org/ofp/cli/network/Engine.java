// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.network;

import java.time.Duration;
import java.util.Optional;
import org.ofp.cli.device.Opening;
import org.ofp.device.DeviceUri;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.optconv.torch.OpticalContext;

/** Where convolutions run: a device and the layers' context on it, or libtorch alone. */
public final class Engine implements AutoCloseable {
  private final String name;
  private final Optional<OpticalFourierDevice> device;
  private final OpticalContext context;

  private Engine(String name, Optional<OpticalFourierDevice> device, OpticalContext context) {
    this.name = name;
    this.device = device;
    this.context = context;
  }

  /** Opens the device at an address; libtorch computes everything where there is none. */
  public static Engine open(Optional<DeviceUri> uri) {
    return open(uri, TransformOptions.defaults());
  }

  /** As {@link #open(Optional)}, with a say in how fields are put on the device. */
  public static Engine open(Optional<DeviceUri> uri, TransformOptions options) {
    return uri.isPresent() ? on(uri.get(), options) : electronic();
  }

  /** Plain electronic convolutions. */
  public static Engine electronic() {
    return new Engine("none", Optional.empty(), OpticalContext.electronic());
  }

  private static Engine on(DeviceUri uri, TransformOptions options) {
    OpticalFourierDevice device = Opening.open(uri);
    try {
      return new Engine(uri.toString(), Optional.of(device), OpticalContext.on(device, options));
    } catch (RuntimeException | Error e) {
      device.close();
      throw e;
    }
  }

  /** The address of the device, or {@code none}. */
  public String name() {
    return name;
  }

  /** Whether there is a device. */
  public boolean optical() {
    return device.isPresent();
  }

  /** The device, if there is one. */
  public Optional<OpticalFourierDevice> device() {
    return device;
  }

  /** What layers are made with. */
  public OpticalContext context() {
    return context;
  }

  /** How long the device itself has been busy: what the bench would have needed if simulated. */
  public Duration busy() {
    return device.map(open -> open.telemetry().deviceTime()).orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    try (OpticalContext layers = context) {
      device.ifPresent(OpticalFourierDevice::close);
    }
  }
}
