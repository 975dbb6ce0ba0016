// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCategory;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;

/** Addresses with typing errors, opened: a device or one line that says what is wrong. */
class AddressMutationTest {
  private static final String[] GOOD = {
    "sim:ideal",
    "sim:demonstrator?seed=7&adc.bits=10",
    "sim:demonstrator?rows=64&cols=48&sensor.read-noise=off&sensor.shot-noise=off",
    "sim:file=bench%20a.yaml?seed=3",
    "record:run.ofpr@sim:ideal?seed=1",
  };

  private static final String SPICE = "@?&#% =:.-/\\0123456789eEoffxyzäé€\u0000\n\ud800";

  @Test
  @Timeout(600)
  void mutatedAddressesOpenADeviceOrFailWithATypedError() {
    long seed = 11;
    Random random = new Random(seed);
    int runs = Bench.count(1500, 20_000);
    Map<ErrorCode, Integer> codes = new EnumMap<>(ErrorCode.class);
    int opened = 0;
    for (int run = 0; run < runs; run++) {
      String uri = mutate(GOOD[random.nextInt(GOOD.length)], random);
      String label = "seed " + seed + ", run " + run + ": " + uri;
      try (OpticalFourierDevice device = Devices.open(uri)) {
        assertNotNull(device.description(), label);
        opened++;
      } catch (DeviceException e) {
        assertEquals(ErrorCategory.USER, e.category(), label + " gave " + e);
        assertFalse(e.getMessage().isBlank(), label);
        assertEquals(1, e.getMessage().lines().count(), label + " gave " + e);
        codes.merge(e.code(), 1, Integer::sum);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(label + " gave " + e, e);
      }
    }
    System.out.println(runs + " mutated addresses: " + opened + " open, " + codes);
    assertTrue(opened > runs / 50, "some mutations still are addresses: " + opened);
    for (ErrorCode code :
        new ErrorCode[] {
          ErrorCode.MALFORMED_URI,
          ErrorCode.UNKNOWN_SCHEME,
          ErrorCode.UNKNOWN_OPTION,
          ErrorCode.INVALID_OPTION,
          ErrorCode.INVALID_PROFILE
        }) {
      assertTrue(codes.containsKey(code), "no mutation gave " + code);
    }
  }

  private static String mutate(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = random.nextInt(out.length() + 1);
      int end = Math.min(out.length(), at + random.nextInt(4));
      char spice = SPICE.charAt(random.nextInt(SPICE.length()));
      switch (random.nextInt(4)) {
        case 0 -> out.delete(at, end);
        case 1 -> out.insert(at, spice);
        case 2 -> out.replace(at, end, String.valueOf(spice));
        default -> out.insert(random.nextInt(out.length() + 1), out.substring(at, end));
      }
    }
    return out.toString();
  }
}
