// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.OptionSpec;

/** The faults that are asked for by the number of the frame; see {@link FaultyProvider}. */
final class FaultScript {
  private static final long MAX_BYTES = 1 << 20;

  private static final Pattern LINE = Pattern.compile("frame (\\d{1,15}): *([a-z]+)(?: +(\\S+))?");

  private final Map<Long, Map<Fault, Double>> frames = new HashMap<>();

  /** Asks for a fault; the argument is 0 for those that have none. */
  void add(long frame, Fault fault, double argument) {
    frames.computeIfAbsent(frame, n -> new EnumMap<>(Fault.class)).put(fault, argument);
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Whether any frame is to have this fault. */
  boolean has(Fault fault) {
    return frames.values().stream().anyMatch(faults -> faults.containsKey(fault));
  }

  /** What the frame is to suffer. */
  Map<Fault, Double> of(long frame) {
    return frames.getOrDefault(frame, Map.of());
  }

  /**
   * Adds what a file says.
   *
   * @throws DeviceException with {@link ErrorCode#INVALID_OPTION} for a file that cannot be read or
   *     a line that is none
   */
  void read(String file) {
    List<String> lines;
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MAX_BYTES) {
        throw invalid("script '" + file + "' is too large; it may have " + MAX_BYTES + " bytes");
      }
      lines = Files.readAllLines(path);
    } catch (IOException | InvalidPathException e) {
      throw new DeviceException(
          ErrorCode.INVALID_OPTION,
          "script '" + file + "' cannot be read: " + e + "; name a text file in UTF-8",
          e);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty() && !addLine(line)) {
        throw invalid(
            "script '"
                + file
                + "', line "
                + (i + 1)
                + ": '"
                + line
                + "' is not 'frame N: FAULT', with fail, drop, stale, hang, permanent or disconnect,"
                + " or 'latency SECONDS' (0 to "
                + (int) FaultPlan.MAX_LATENCY
                + ") or 'saturate SHARE' (0 to 1)");
      }
    }
  }

  private boolean addLine(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return false;
    }
    for (Fault fault : Fault.values()) {
      if (fault.name().toLowerCase(Locale.ROOT).equals(parts.group(2))
          && fault.hasArgument() == (parts.group(3) != null)) {
        double argument = fault.hasArgument() ? OptionSpec.decimal(parts.group(3)) : 0;
        if (argument >= 0 && argument <= (fault == Fault.LATENCY ? FaultPlan.MAX_LATENCY : 1)) {
          add(Long.parseLong(parts.group(1)), fault, argument);
          return true;
        }
      }
    }
    return false;
  }

  private static DeviceException invalid(String message) {
    return new DeviceException(ErrorCode.INVALID_OPTION, message);
  }
}
