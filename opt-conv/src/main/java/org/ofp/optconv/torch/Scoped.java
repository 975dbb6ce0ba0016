// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Frees what a computation allocated on the way to its result. */
final class Scoped {
  private Scoped() {}

  /**
   * Runs {@code work} in a scope of its own; its result, a tensor it allocated, then belongs to the
   * caller's scope, or to the caller where there is none.
   */
  static Tensor call(Supplier<Tensor> work) {
    Tensor result = kept(work);
    PointerScope outer = PointerScope.getInnerScope();
    if (outer != null) {
      outer.attach(result);
      result.releaseReference();
    }
    return result;
  }

  /** As {@link #call}, without recording gradients. */
  static Tensor values(Supplier<Tensor> work) {
    return call(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            return work.get();
          }
        });
  }

  /** As {@link #call}, but the result belongs to no scope: close it. */
  static Tensor kept(Supplier<Tensor> work) {
    try (PointerScope scope = new PointerScope()) {
      Tensor result = work.get();
      result.retainReference();
      scope.detach(result);
      return result;
    }
  }
}
