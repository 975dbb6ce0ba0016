// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.util.Locale;

/** Numbers as people like to read them. */
public final class Quantity {
  private static final String PREFIXES = "fpnµm kMGTP";

  private Quantity() {}

  /** Up to four significant digits: {@code 0.02}, {@code 6.33e-7}, {@code 4096}. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    String digits = String.format(Locale.ROOT, "%.4g", value);
    return Double.isFinite(value)
        ? digits
            .replaceFirst("(\\.[0-9]*?)0+(e|$)", "$1$2")
            .replaceFirst("\\.(e|$)", "$1")
            .replaceFirst("e([+-])0", "e$1")
            .replace("e+", "e")
        : digits.toLowerCase(Locale.ROOT);
  }

  /** A duration: {@code 85 ms}, {@code 4.21 s}, {@code 12 min 03 s}, {@code 2 h 07 min}. */
  public static String seconds(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.3g ms", 1e3 * seconds);
    }
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  /** Memory: {@code 512 MB}, {@code 1.9 GB}. */
  public static String bytes(long bytes) {
    return bytes < 1_000_000_000
        ? Math.round(bytes * 1e-6) + " MB"
        : String.format(Locale.ROOT, "%.1f GB", bytes * 1e-9);
  }

  /**
   * Three digits and an SI prefix: {@code 80.2 G}, {@code 1.53 mJ}.
   *
   * @param value at least 0
   * @param unit may be empty
   */
  public static String si(double value, String unit) {
    if (value == 0) {
      return ("0 " + unit).strip();
    }
    int thousands = (int) Math.floor(Math.log10(value) / 3);
    if (value >= 999.5 * Math.pow(1000, thousands)) {
      thousands++; // it would be rounded to four digits
    }
    int prefix = Math.min(Math.max(thousands + PREFIXES.indexOf(' '), 0), PREFIXES.length() - 1);
    double scaled = value / Math.pow(1000, prefix - PREFIXES.indexOf(' '));
    int decimals = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
    String digits = String.format(Locale.ROOT, "%." + decimals + "f", scaled);
    return (digits + " " + PREFIXES.substring(prefix, prefix + 1).strip() + unit).strip();
  }

  /** A share: {@code 12.3 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A difference: {@code +1.2}, {@code -3.4}; what rounds to nothing has no sign. */
  public static String signed(double value) {
    String text = String.format(Locale.ROOT, "%+.1f", value);
    return text.substring(1).equals("0.0") ? "0.0" : text;
  }

  /** A number with its noun: {@code 1 frame}, {@code 2 frames}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /**
   * What a run took of a device, as the end of a list: {@code , 2 frames, 85 ms of the device};
   * nothing if it took no frame.
   */
  public static String deviceUse(long frames, double busySeconds) {
    return frames > 0
        ? ", " + count(frames, "frame") + ", " + seconds(busySeconds) + " of the device"
        : "";
  }
}
