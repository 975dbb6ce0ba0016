// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import java.util.List;
import java.util.Optional;
import org.ofp.device.Availability;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceProvider;
import org.ofp.device.ErrorCode;
import org.ofp.device.Experimental;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/**
 * Makes any device a bad one, to test what works with it: {@code
 * faulty:?fail-rate=0.01@sim:demonstrator}. What can be asked for is in {@link #options}; without
 * options everything passes through unchanged.
 *
 * <p>Faults by chance ({@code fail-rate}, {@code drop}, {@code stale}, {@code jitter}) are a
 * function of the seed, the frame's id and repeat, and of how often that frame has failed since the
 * device was opened; {@code saturate} of seed, id, repeat and pixel; {@code stuck} of seed and
 * pixel. So they depend neither on the order of the frames nor on threads. Faults {@code -at} a
 * frame, those of a script and {@code drift} go by the frame's number: admissible frames before it
 * since the device was opened, those that failed included. A script is a text file with lines such
 * as
 *
 * <pre>
 *   frame 3: fail             # or drop, stale, hang, permanent, disconnect
 *   frame 7: latency 0.25     # seconds
 *   frame 9: saturate 0.01    # share of the values
 * </pre>
 */
@Experimental(since = "0.1")
public final class FaultyProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "faulty";
  }

  @Override
  public String summary() {
    return "makes a device fail on demand, for tests: faulty:?fail-rate=0.01@DEVICE";
  }

  @Override
  public int apiLevel() {
    return OpticalFourierDevice.API_LEVEL;
  }

  @Override
  public List<String> bodies() {
    return List.of();
  }

  @Override
  public List<OptionSpec> options(String body) {
    if (!body.isEmpty()) {
      throw new DeviceException(
          ErrorCode.INVALID_OPTION,
          "'faulty:' takes options only, not '" + body + "'; write faulty:?drop=0.1@DEVICE");
    }
    return FaultPlan.SPECS;
  }

  @Override
  public Availability probe() {
    return Availability.yes("");
  }

  @Override
  public OpticalFourierDevice open(
      String body, Options options, Optional<OpticalFourierDevice> inner) {
    return new FaultyDevice(inner.orElseThrow(), new FaultPlan(options));
  }

  @Override
  public boolean isDecorator() {
    return true;
  }
}
