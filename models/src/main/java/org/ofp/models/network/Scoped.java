// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Who frees native memory, and where gradients are recorded.
 *
 * <p>A Java {@link Tensor} is a small handle on a large native block, so the garbage collector sees
 * no reason to hurry while a forward pass fills the machine. Every block of a network therefore
 * computes inside a {@link PointerScope}: what it allocated is freed when it returns, all but its
 * result. Parameters are the opposite case: they must outlive whatever scope the caller happens to
 * have open when the model is built.
 */
public final class Scoped {
  private Scoped() {}

  /**
   * Runs {@code work} in a scope of its own and frees everything it allocated but the result, which
   * then belongs to the caller's scope, or to the caller where there is none.
   *
   * <p>{@code work} must return a tensor it allocated. Tensors that autograd needs for a backward
   * pass are held by the graph and survive.
   */
  public static Tensor call(Supplier<Tensor> work) {
    Tensor result;
    try (PointerScope scope = new PointerScope()) {
      result = work.get();
      result.retainReference();
      scope.detach(result);
    }
    PointerScope outer = PointerScope.getInnerScope();
    if (outer != null) {
      outer.attach(result);
      result.releaseReference();
    }
    return result;
  }

  /**
   * Runs {@code work} so that nothing it allocates is freed by a scope of the caller: it lives as
   * long as Java references it.
   */
  public static <T> T unscoped(Supplier<T> work) {
    try (Detached scope = new Detached()) {
      return scope.run(work);
    }
  }

  /** Runs {@code work} without recording gradients, whatever the caller's mode. */
  public static <T> T withoutGradients(Supplier<T> work) {
    NoGradGuard guard = new NoGradGuard();
    try {
      return work.get();
    } finally {
      guard.close();
    }
  }

  /** A scope that adopts nothing, and keeps the scopes around it from adopting either. */
  private static final class Detached extends PointerScope {
    @Override
    public PointerScope attach(Pointer pointer) {
      return this;
    }

    <T> T run(Supplier<T> work) {
      return work.get();
    }
  }
}
