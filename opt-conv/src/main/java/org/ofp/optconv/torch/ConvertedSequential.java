// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.AnyModule;
import org.bytedeco.pytorch.AnyModuleVector;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.SequentialImpl;
import org.bytedeco.pytorch.Tensor;

/**
 * A libtorch sequence in which some modules run on a device: the same native module, but Java walks
 * through it, as libtorch would call its own convolutions.
 */
final class ConvertedSequential extends SequentialImpl {
  private final Map<Long, UnaryOperator<Tensor>> converted;

  /**
   * @param converted what stands for the native module at an address
   */
  ConvertedSequential(SequentialImpl original, Map<Long, UnaryOperator<Tensor>> converted) {
    super((Pointer) original);
    this.converted = Map.copyOf(converted);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Scoped.call(
        () -> {
          Tensor y = x;
          AnyModuleVector.Iterator modules = begin();
          for (long i = size(); i > 0; i--) {
            Tensor input = y;
            y = step(modules.get(), input);
            if (!input.equals(x)) {
              input.close(); // now, not at the end
            }
            modules.increment();
          }
          return y;
        });
  }

  /** The sizes would be meant for the first module, and libtorch would call it and all others. */
  @Override
  public Tensor forward(Tensor x, long... sizes) {
    throw new UnsupportedOperationException(
        "a sequence on a device takes one tensor; run its modules one by one to pass sizes");
  }

  @Override
  public Tensor forward(Tensor x, LongArrayRefOptional sizes) {
    return forward(x, new long[0]);
  }

  private Tensor step(AnyModule module, Tensor x) {
    UnaryOperator<Tensor> other = converted.get(module.ptr().address());
    return other == null ? module.forward(x) : other.apply(x);
  }
}
