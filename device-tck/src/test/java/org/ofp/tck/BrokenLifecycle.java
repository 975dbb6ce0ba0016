// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.tck.BrokenDevices.COHERENT;
import static org.ofp.tck.BrokenDevices.broken;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;

/** Defects of drivers that open and close wrongly. */
final class BrokenLifecycle {
  private BrokenLifecycle() {}

  static List<BrokenDevice> all() {
    AtomicLong shared = new AtomicLong();
    return List.of(
        broken(
            "L4",
            "transform without a frame does nothing",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public synchronized void transform() {
                    requireOpen();
                    if (frames.get() > 0) {
                      super.transform();
                    }
                  }
                }),
        broken(
            "L6",
            "load transforms as well",
            "L5",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public synchronized void load(SlmFrame frame) {
                    super.load(frame);
                    transform();
                  }
                }),
        broken(
            "L1",
            "a new description every time",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  DeviceDescription stated(DeviceDescription truth) {
                    return describe(kind);
                  }
                }),
        broken(
            "L2",
            "closing twice fails",
            "L3 L7 C7 D5 H4",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public synchronized void close() {
                    requireOpen();
                    super.close();
                  }
                }),
        broken(
            "L3",
            "usable after close",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  void requireOpen() {}
                }),
        broken(
            "L3",
            "untyped errors after close",
            "H4",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  void requireOpen() {
                    try {
                      super.requireOpen();
                    } catch (DeviceException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                }),
        broken(
            "L7",
            "state shared by all openings",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public synchronized void close() {
                    super.close();
                    shared.incrementAndGet();
                  }

                  @Override
                  public Telemetry telemetry() {
                    Telemetry t = super.telemetry();
                    return new Telemetry(
                        shared.get() + t.framesLoaded(),
                        t.reads(),
                        t.saturatedPixels(),
                        t.deviceTime());
                  }
                }));
  }
}
