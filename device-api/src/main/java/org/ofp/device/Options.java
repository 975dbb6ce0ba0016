// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checked values for a driver's options, defaults filled in. Immutable.
 *
 * @see OptionSpec
 */
@Stable(since = "0.1")
public final class Options {
  private final Map<String, OptionSpec> specs = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Checks values against the options that a driver has.
   *
   * @throws DeviceException with {@link ErrorCode#UNKNOWN_OPTION} or {@link
   *     ErrorCode#INVALID_OPTION}
   */
  public Options(List<OptionSpec> specs, Map<String, String> given) {
    for (OptionSpec spec : specs) {
      this.specs.put(spec.name(), spec);
      values.put(spec.name(), spec.defaultValue());
    }
    given.forEach(
        (key, value) -> {
          OptionSpec spec = this.specs.get(key);
          if (spec == null) {
            throw new DeviceException(
                ErrorCode.UNKNOWN_OPTION,
                "unknown option "
                    + DeviceUri.quote(key)
                    + NearestName.suggestion(key, this.specs.keySet())
                    + "; 'ofp info' lists the options of a device");
          }
          spec.requireValid(value);
          values.put(key, value);
        });
  }

  /** Every option with its value, in the driver's order. */
  public Map<String, String> asMap() {
    return Collections.unmodifiableMap(values);
  }

  /** The specifications, in the driver's order, with the values in force as their defaults. */
  public List<OptionSpec> specs() {
    List<OptionSpec> all = new ArrayList<>();
    specs.values().forEach(spec -> all.add(spec.defaultValue(values.get(spec.name()))));
    return all;
  }

  /** The value as text. */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new DeviceException(ErrorCode.INTERNAL, "the driver has no option '" + name + "'");
    }
    return value;
  }

  /** Whether the effect is switched off. */
  public boolean isOff(String name) {
    return text(name).equals(OptionSpec.OFF) && specs.get(name).offAllowed();
  }

  /** The value as a number. */
  public double number(String name) {
    return Double.parseDouble(text(name));
  }

  /** The value as a number, or another one if the effect is off. */
  public double numberOr(String name, double ifOff) {
    return isOff(name) ? ifOff : number(name);
  }

  /** The value as a whole number. */
  public int integer(String name) {
    return Math.toIntExact(longInteger(name));
  }

  /** The value as a whole number, or another one if the effect is off. */
  public int integerOr(String name, int ifOff) {
    return isOff(name) ? ifOff : integer(name);
  }

  /** The value as a 64-bit whole number. */
  public long longInteger(String name) {
    return Long.parseLong(text(name));
  }
}
