// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The size of an image, written {@code N} or {@code ROWSxCOLS}.
 *
 * @param rows 1 to {@value #LARGEST}
 * @param cols 1 to {@value #LARGEST}
 */
public record ImageSize(int rows, int cols) {
  private static final int LARGEST = 8192;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(?:[x×]([0-9]{1,9}))?");

  /** Reads a size. */
  public static final class Converter implements ITypeConverter<ImageSize> {
    @Override
    public ImageSize convert(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (matcher.matches()) {
        int rows = Integer.parseInt(matcher.group(1));
        int cols = matcher.group(2) == null ? rows : Integer.parseInt(matcher.group(2));
        if (Math.min(rows, cols) >= 1 && Math.max(rows, cols) <= LARGEST) {
          return new ImageSize(rows, cols);
        }
      }
      throw new TypeConversionException(
          "'" + text + "' is not a size N or ROWSxCOLS of 1 to " + LARGEST + " pixels a side");
    }
  }
}
