// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dPadding;
import org.bytedeco.pytorch.ConvPaddingMode;
import org.bytedeco.pytorch.DetailConv2dOptions;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.ConvolutionSpec.Axes;
import org.ofp.optconv.PaddingMode;
import org.ofp.optconv.TransposedSpec;

/** What libtorch's convolution modules compute, in this package's terms. */
final class ConvolutionOptions {
  private ConvolutionOptions() {}

  /**
   * A convolution's operation.
   *
   * @throws IllegalArgumentException if there is none, with the reason
   */
  static Convolution convolution(DetailConv2dOptions options) {
    PaddingMode mode = mode(options.padding_mode());
    ConvolutionSpec spec =
        new ConvolutionSpec(
            value(options.in_channels()),
            value(options.out_channels()),
            axes(options.kernel_size()),
            axes(options.stride()),
            new Axes(0, 0),
            axes(options.dilation()),
            value(options.groups()),
            options.bias().get());
    return new Convolution(padded(spec, options.padding(), mode), mode);
  }

  private static ConvolutionSpec padded(
      ConvolutionSpec spec, Conv2dPadding padding, PaddingMode mode) {
    if (holds(padding::get0)) {
      Axes amount = axes(padding.get0());
      return spec.padding(amount.rows(), amount.cols());
    }
    if (holds(padding::get1)) {
      return spec; // "valid"
    }
    ConvolutionSpec same = spec.same();
    if (mode != PaddingMode.ZEROS && same.paddingRows() != same.paddingCols()) {
      // libtorch 2.10's module pads rows by the columns' amount and the other way round.
      throw new IllegalArgumentException(
          "padding \"same\" of a kernel with unequal sides in another mode than zeros is not what"
              + " it says in libtorch; give the amounts of padding");
    }
    return same;
  }

  /**
   * A transposed convolution's operation.
   *
   * @throws IllegalArgumentException if there is none, with the reason
   */
  static TransposedConvolution transposed(DetailConv2dOptions options) {
    if (mode(options.padding_mode()) != PaddingMode.ZEROS) {
      throw new IllegalArgumentException("transposed convolutions are padded with zeros only");
    }
    return new TransposedConvolution(
        new TransposedSpec(
            value(options.in_channels()),
            value(options.out_channels()),
            axes(options.kernel_size()),
            axes(options.stride()),
            axes(options.padding().get0()),
            axes(options.output_padding()),
            axes(options.dilation()),
            value(options.groups()),
            options.bias().get()));
  }

  private static PaddingMode mode(ConvPaddingMode mode) {
    if (holds(mode::get0)) {
      return PaddingMode.ZEROS;
    }
    if (holds(mode::get1)) {
      return PaddingMode.REFLECT;
    }
    return holds(mode::get2) ? PaddingMode.REPLICATE : PaddingMode.CIRCULAR;
  }

  /** Whether this is the alternative that a variant holds: the others throw. */
  private static boolean holds(Supplier<?> alternative) {
    try {
      return alternative.get() != null;
    } catch (RuntimeException wrongAlternative) {
      return false;
    }
  }

  private static Axes axes(LongPointer values) {
    return new Axes(Math.toIntExact(values.get(0)), Math.toIntExact(values.get(1)));
  }

  private static int value(LongPointer value) {
    return Math.toIntExact(value.get());
  }
}
