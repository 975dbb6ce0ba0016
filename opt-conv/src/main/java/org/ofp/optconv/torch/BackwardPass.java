// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;

/** What Java must remember while libtorch walks back through a graph and calls hooks. */
final class BackwardPass {
  private TensorBase handedOver;
  private Throwable failure;

  /** Runs a backward pass; what a hook threw is thrown as it is. */
  void run(Tensor loss) {
    failure = null;
    try {
      loss.backward();
    } catch (RuntimeException e) {
      if (failure instanceof RuntimeException cause) {
        throw cause;
      }
      if (failure instanceof Error cause) {
        throw cause;
      }
      throw e;
    } finally {
      failure = null;
      free();
    }
  }

  /** A gradient that libtorch takes a reference to when a hook has returned: freed next time. */
  void handedOver(TensorBase gradient) {
    free();
    handedOver = gradient;
  }

  /** Of what a hook threw, libtorch passes on the message only. */
  void failed(Throwable cause) {
    failure = cause;
  }

  /** Frees the last gradient, which libtorch has by now. */
  void free() {
    if (handedOver != null) {
      handedOver.close();
      handedOver = null;
    }
  }
}
