// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import org.ofp.optconv.ConvolutionSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A convolution layer by its size, written {@code CIN,COUT,K,SIZE}.
 *
 * @param inChannels maps that go in
 * @param outChannels maps that come out
 * @param kernel side of the square kernels
 * @param side of the square maps that go in
 */
public record ConvolutionSize(int inChannels, int outChannels, int kernel, int side) {
  /** Values that a layer on a device takes in one tensor. */
  private static final long MAX_VALUES = Integer.MAX_VALUE / Float.BYTES;

  /** Reads a size. */
  public static final class Converter implements ITypeConverter<ConvolutionSize> {
    @Override
    public ConvolutionSize convert(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length != 4) {
        throw wrong(text, "is not four whole numbers CIN,COUT,K,SIZE");
      }
      int[] numbers = new int[parts.length];
      for (int i = 0; i < parts.length; i++) {
        numbers[i] = number(parts[i], text);
      }
      ConvolutionSize size = new ConvolutionSize(numbers[0], numbers[1], numbers[2], numbers[3]);
      if (size.kernel > size.side) {
        throw wrong(text, "has a kernel larger than its maps; K must be at most SIZE");
      }
      if (size.largest() > MAX_VALUES) {
        throw wrong(text, "is too large; a tensor may have " + MAX_VALUES + " values");
      }
      return size;
    }

    private static int number(String part, String text) {
      try {
        int number = Integer.parseInt(part.strip());
        if (number >= 1) {
          return number;
        }
      } catch (NumberFormatException e) {
        // told below, as numbers that are too small are
      }
      throw wrong(text, "is not four whole numbers CIN,COUT,K,SIZE of at least 1");
    }

    private static TypeConversionException wrong(String text, String why) {
      return new TypeConversionException("'" + text + "' " + why);
    }
  }

  /** Stride 1; padding keeps the maps' size if the kernel is odd. */
  ConvolutionSpec spec() {
    return ConvolutionSpec.of(inChannels, outChannels, kernel).padding((kernel - 1) / 2);
  }

  private double largest() {
    double map = (double) side * side;
    double weights = (double) inChannels * outChannels * kernel * kernel;
    return Math.max(Math.max(inChannels, outChannels) * map, weights);
  }
}
