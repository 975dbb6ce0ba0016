// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.tck.BrokenDevices.COHERENT;
import static org.ofp.tck.BrokenDevices.FOUR_STEP;
import static org.ofp.tck.BrokenDevices.broken;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ofp.device.DeviceProvider;
import org.ofp.device.Options;
import org.ofp.device.fault.FaultyProvider;

/** Correct devices behind {@code faulty:}. */
final class BrokenByFaults {
  private BrokenByFaults() {}

  static List<BrokenDevice> all() {
    return List.of(
        broken(
            "S2",
            "the modulator does not take every frame",
            "F15 S13 T6 T16",
            faulty(COHERENT, "stale", "0.5")),
        broken(
            "T13",
            "a sensor with stuck pixels",
            "R7 R17 S3 S19 T5 T9 T12 T14 T15 T16",
            faulty(FOUR_STEP, "stuck", "0.02")));
  }

  private static DeviceSource faulty(ReferenceDevice.Kind kind, String option, String value) {
    DeviceProvider faults = new FaultyProvider();
    Options options = new Options(faults.options(""), Map.of(option, value));
    return () -> faults.open("", options, Optional.of(new ReferenceDevice(kind)));
  }
}
