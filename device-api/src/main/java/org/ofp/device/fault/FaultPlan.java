// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ofp.device.DeviceDescription;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;
import org.ofp.device.PhysicalParameter;

/**
 * Which faults are to happen: those by chance as a function of seed, frame id, repeat and attempt,
 * the others by the number of the frame. Immutable.
 */
final class FaultPlan {
  /** Longest delay of a frame in seconds. */
  static final double MAX_LATENCY = 3600;

  private static final long MAX_FRAME = 1_000_000_000_000_000L;

  static final List<OptionSpec> SPECS =
      List.of(
          share("fail-rate", "probability that a frame cannot be loaded (retryable)"),
          share("drop", "probability that a frame is shown but its read is lost (retryable)"),
          share("stale", "probability that the frame before stays on the modulator"),
          share("saturate", "share of a frame's values at full scale, others in each frame"),
          share("stuck", "share of the detector's values that never change"),
          OptionSpec.number(
                  "drift", "", -0.01, 0.01, OptionSpec.OFF, "relative change of gain per frame")
              .orOff(),
          seconds("latency", "delay before a frame's first read"),
          seconds("jitter", "largest further delay, uniform at random"),
          frame("fail-at", "number of a frame that cannot be loaded (retryable)"),
          frame("hang-at", "number of the frame that never returns, until interrupted or closed"),
          frame("permanent-at", "number of the frame from which on the hardware fails"),
          frame("disconnect-at", "number of the frame at which the device is lost"),
          OptionSpec.choice(
              "ignore-interrupts",
              List.of("on", "off"),
              OptionSpec.OFF,
              "whether delays and hangs last until the device is closed"),
          OptionSpec.text(
              "script", "", "file with lines 'frame N: FAULT', for faults by frame number"),
          OptionSpec.integer(
              "seed", Long.MIN_VALUE, Long.MAX_VALUE, "1", "seed of the faults by chance"));

  private final Options options;
  private final FaultScript script = new FaultScript();
  private final double latency;
  private final double jitter;
  private final boolean ignoresInterrupts;
  private final FaultDice dice;

  FaultPlan(Options options) {
    this.options = options;
    latency = options.numberOr("latency", 0);
    jitter = options.numberOr("jitter", 0);
    ignoresInterrupts = options.text("ignore-interrupts").equals("on");
    dice = new FaultDice(options.longInteger("seed"));
    at("fail-at", Fault.FAIL);
    at("hang-at", Fault.HANG);
    at("permanent-at", Fault.PERMANENT);
    at("disconnect-at", Fault.DISCONNECT);
    if (!options.text("script").isEmpty()) {
      script.read(options.text("script"));
    }
  }

  private static OptionSpec share(String name, String meaning) {
    return OptionSpec.number(name, "", 0, 1, OptionSpec.OFF, meaning).orOff();
  }

  private static OptionSpec seconds(String name, String meaning) {
    return OptionSpec.number(name, "s", 0, MAX_LATENCY, OptionSpec.OFF, meaning).orOff();
  }

  private static OptionSpec frame(String name, String meaning) {
    return OptionSpec.integer(name, 0, MAX_FRAME, OptionSpec.OFF, meaning).orOff();
  }

  private void at(String option, Fault fault) {
    if (!options.isOff(option)) {
      script.add(options.longInteger(option), fault, 0);
    }
  }

  /** Whether nothing can go wrong. */
  boolean isEmpty() {
    return script.isEmpty()
        && List.of("fail-rate", "drop", "stale", "saturate", "stuck", "drift", "latency", "jitter")
            .stream()
            .allMatch(options::isOff);
  }

  /** A description that says what was asked for, so that no result passes for a good device's. */
  DeviceDescription confess(DeviceDescription device) {
    if (isEmpty()) {
      return device;
    }
    List<PhysicalParameter> parameters = new ArrayList<>(device.parameters());
    for (OptionSpec option : options.specs()) {
      if (!option.defaultValue().equals(OptionSpec.OFF) && !option.defaultValue().isEmpty()) {
        parameters.add(
            new PhysicalParameter("faulty." + option.name(), option.defaultValue(), option.unit()));
      }
    }
    return new DeviceDescription(
        device.id(),
        device.name(),
        device.driver(),
        device.capabilities(),
        device.calibration(),
        parameters);
  }

  /** Whether counts may be put at a full scale, which the device then must have. */
  boolean needsFullScale() {
    return !options.isOff("saturate") || !options.isOff("stuck") || script.has(Fault.SATURATE);
  }

  boolean ignoresInterrupts() {
    return ignoresInterrupts;
  }

  double stuck() {
    return options.numberOr("stuck", 0);
  }

  double drift() {
    return options.numberOr("drift", 0);
  }

  FaultDice dice() {
    return dice;
  }

  /**
   * What a frame suffers.
   *
   * @param number frames before it since the device was opened
   * @param id the caller's
   * @param repeat the caller's
   * @param attempt how often this frame has failed since the device was opened
   * @return the faults with their arguments
   */
  Map<Fault, Double> faults(long number, long id, int repeat, int attempt) {
    Map<Fault, Double> faults = new EnumMap<>(Fault.class);
    double delay = latency + jitter * dice.roll(Fault.LATENCY, id, repeat, attempt);
    if (delay > 0) {
      faults.put(Fault.LATENCY, delay);
    }
    if (!options.isOff("saturate")) {
      faults.put(Fault.SATURATE, options.number("saturate"));
    }
    byChance(faults, "fail-rate", Fault.FAIL, dice.roll(Fault.FAIL, id, repeat, attempt));
    byChance(faults, "drop", Fault.DROP, dice.roll(Fault.DROP, id, repeat, attempt));
    byChance(faults, "stale", Fault.STALE, dice.roll(Fault.STALE, id, repeat, attempt));
    faults.putAll(script.of(number));
    return faults;
  }

  private void byChance(Map<Fault, Double> faults, String option, Fault fault, double roll) {
    if (roll < options.numberOr(option, 0)) {
      faults.put(fault, 0.0);
    }
  }
}
