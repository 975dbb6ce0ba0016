// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ofp.models.scene.SceneOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Widths of ground in metres, written {@code MIN-MAX}, or {@code W} for one width.
 *
 * @param least metres
 * @param largest metres, not less
 */
public record GroundRange(double least, double largest) {
  private static final String NUMBER = "([0-9]{1,4}(?:\\.[0-9]{1,6})?)";
  private static final Pattern TEXT = Pattern.compile(NUMBER + "(?:-" + NUMBER + ")?");

  /** Reads a range. */
  public static final class Converter implements ITypeConverter<GroundRange> {
    @Override
    public GroundRange convert(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (matcher.matches()) {
        double least = Double.parseDouble(matcher.group(1));
        double largest = matcher.group(2) == null ? least : Double.parseDouble(matcher.group(2));
        if (least >= SceneOptions.LEAST_GROUND
            && least <= largest
            && largest <= SceneOptions.LARGEST_GROUND) {
          return new GroundRange(least, largest);
        }
      }
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a range MIN-MAX of "
              + Math.round(SceneOptions.LEAST_GROUND)
              + " to "
              + Math.round(SceneOptions.LARGEST_GROUND)
              + " metres");
    }
  }
}
