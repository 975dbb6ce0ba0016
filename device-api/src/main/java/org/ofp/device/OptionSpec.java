// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One option of a driver, as data: what {@code ofp info} prints and what values are checked
 * against.
 *
 * @param name such as {@code adc.bits}
 * @param type how the text is read
 * @param unit SI symbol, empty for pure numbers and names
 * @param min smallest number, inclusive
 * @param max largest number, inclusive
 * @param choices the names a {@link Type#CHOICE} may have, else empty
 * @param offAllowed whether {@code off} switches the effect off
 * @param defaultValue the value where nothing else is said, as text
 * @param meaning one line
 */
@Stable(since = "0.1")
public record OptionSpec(
    String name,
    Type type,
    String unit,
    double min,
    double max,
    List<String> choices,
    boolean offAllowed,
    String defaultValue,
    String meaning) {

  /** The text that switches an effect off. */
  public static final String OFF = "off";

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

  /** How an option's text is read. */
  public enum Type {
    NUMBER,
    INTEGER,
    CHOICE,
    TEXT
  }

  public OptionSpec {
    choices = List.copyOf(choices);
  }

  /** A real number with a unit and an inclusive range. */
  public static OptionSpec number(
      String name, String unit, double min, double max, String defaultValue, String meaning) {
    return new OptionSpec(
        name, Type.NUMBER, unit, min, max, List.of(), false, defaultValue, meaning);
  }

  /** A whole number with an inclusive range. */
  public static OptionSpec integer(
      String name, long min, long max, String defaultValue, String meaning) {
    return new OptionSpec(
        name, Type.INTEGER, "", min, max, List.of(), false, defaultValue, meaning);
  }

  /** One of several names. */
  public static OptionSpec choice(
      String name, List<String> choices, String defaultValue, String meaning) {
    return new OptionSpec(name, Type.CHOICE, "", 0, 0, choices, false, defaultValue, meaning);
  }

  /** Any text. */
  public static OptionSpec text(String name, String defaultValue, String meaning) {
    return new OptionSpec(name, Type.TEXT, "", 0, 0, List.of(), false, defaultValue, meaning);
  }

  /** This option, which also takes {@code off}. */
  public OptionSpec orOff() {
    return new OptionSpec(name, type, unit, min, max, choices, true, defaultValue, meaning);
  }

  /** This option with another default. */
  public OptionSpec defaultValue(String value) {
    return new OptionSpec(name, type, unit, min, max, choices, offAllowed, value, meaning);
  }

  /** The allowed values, for people. */
  public String range() {
    String values =
        switch (type) {
          case NUMBER -> short_(min) + " to " + short_(max) + (unit.isEmpty() ? "" : " " + unit);
          case INTEGER -> "whole numbers from " + whole(min) + " to " + whole(max);
          case CHOICE -> String.join(", ", choices);
          case TEXT -> "text";
        };
    return offAllowed ? values + ", or off" : values;
  }

  /**
   * Checks a value.
   *
   * @throws DeviceException with {@link ErrorCode#INVALID_OPTION} naming option, value and range
   */
  public void requireValid(String value) {
    boolean good =
        (offAllowed && value.equals(OFF))
            || switch (type) {
              case NUMBER -> inRange(decimal(value));
              case INTEGER -> isWhole(value) && inRange(decimal(value));
              case CHOICE -> choices.contains(value);
              case TEXT -> true;
            };
    if (!good) {
      throw new DeviceException(
          ErrorCode.INVALID_OPTION,
          "option "
              + name
              + " = "
              + DeviceUri.quote(value)
              + " is not possible; it takes "
              + range());
    }
  }

  private boolean inRange(double number) {
    return number >= min && number <= max;
  }

  /**
   * The number that a decimal text stands for; NaN for any other text, also for the hexadecimal,
   * "1d" and "NaN" that {@link Double#parseDouble} takes.
   */
  public static double decimal(String text) {
    return DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
  }

  /** Whether the text is a whole number of at most 64 bits. */
  private static boolean isWhole(String value) {
    // The double that parse gives rounds 2^63 into the range of a long.
    return value.matches("[+-]?[0-9]{1,19}") && new BigInteger(value).bitLength() < Long.SIZE;
  }

  private static String whole(double number) {
    return Math.abs(number) < 1e6 ? short_(number) : Long.toString((long) number);
  }

  private static String short_(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e6
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%.4g", number)
            .replaceFirst("(\\.[0-9]*?)0+(e|$)", "$1$2")
            .replaceFirst("\\.(e|$)", "$1");
  }
}
