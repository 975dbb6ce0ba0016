// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.ofp.device.Experimental;
import org.ofp.device.OpticalFourierDevice;

/**
 * Where a recording comes from.
 *
 * @param host the computer's name
 * @param software the SDK's version, and Java's
 * @param address of the device, as far as it is known
 * @param command what was run, empty if nobody said
 * @param begun when
 */
@Experimental(since = "0.1")
public record Provenance(
    String host, String software, String address, String command, Instant begun) {

  /** Of a recording that begins here and now. */
  public static Provenance now(String address, String command) {
    String version = OpticalFourierDevice.class.getPackage().getImplementationVersion();
    return new Provenance(
        hostName(),
        "OFP SDK "
            + (version == null ? "(not packaged)" : version)
            + ", Java "
            + System.getProperty("java.version")
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch"),
        address,
        command,
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
