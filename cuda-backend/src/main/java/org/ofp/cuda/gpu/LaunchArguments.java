// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.NativePointerObject;
import jcuda.Pointer;

/**
 * The arguments of a launch where the driver reads them: outside Java's heap, since JCuda would
 * keep the garbage collector out for the length of the call, which may have to wait for the GPU, if
 * they lay in Java arrays. Used by one thread at a time.
 */
final class LaunchArguments {
  /** As many as CUDA takes: 4 KB. */
  private static final int MOST = 512;

  private final ByteBuffer values =
      ByteBuffer.allocateDirect(Long.BYTES * MOST).order(ByteOrder.nativeOrder());

  private final Pointer start = Pointer.to(values);

  /**
   * A pointer to each argument, good until the next call. The driver copies them during the launch,
   * and would read on behind a missing one.
   *
   * @param arguments of the types that {@link KernelSignature} allows
   */
  Pointer of(Object... arguments) {
    if (arguments.length > MOST) {
      throw new IllegalArgumentException(
          arguments.length + " arguments; a kernel takes at most " + MOST);
    }
    NativePointerObject[] places = new NativePointerObject[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      int at = Long.BYTES * i;
      put(arguments[i], at);
      places[i] = start.withByteOffset(at);
    }
    return Pointer.to(places);
  }

  private void put(Object argument, int at) {
    if (argument instanceof Integer value) {
      values.putInt(at, value);
    } else if (argument instanceof Long value) {
      values.putLong(at, value);
    } else if (argument instanceof Float value) {
      values.putFloat(at, value);
    } else {
      values.putDouble(at, (Double) argument);
    }
  }
}
