// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/**
 * Java code that libtorch calls with a gradient during a backward pass, and that may replace it.
 *
 * <p>libtorch knows it by an address alone: it must be kept as long as there is a graph that has
 * it, and closed after.
 */
final class GradientHook extends TensorTensorHook {
  private final BackwardPass pass;
  private final UnaryOperator<TensorBase> body;

  GradientHook(BackwardPass pass, UnaryOperator<TensorBase> body) {
    this.pass = pass;
    this.body = body;
    retainReference(); // outlives the scope it is made in
  }

  @Override
  public TensorBase call(TensorBase gradient) {
    try {
      TensorBase result = body.apply(gradient);
      if (!result.equals(gradient)) {
        gradient.close();
      }
      pass.handedOver(result);
      return result;
    } catch (RuntimeException | Error e) {
      pass.failed(e);
      throw e;
    }
  }
}
