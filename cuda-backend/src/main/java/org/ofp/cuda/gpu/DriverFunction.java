// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUfunction;

/** A kernel of a loaded module. */
final class DriverFunction implements GpuFunction {
  private final DriverModule module;
  private final CUfunction function;
  private final KernelSignature signature;

  DriverFunction(DriverModule module, CUfunction function, KernelSignature signature) {
    this.module = module;
    this.function = function;
    this.signature = signature;
  }

  @Override
  public String name() {
    return signature.name();
  }

  /** Before each use. */
  void enter() {
    module.enter();
  }

  CUfunction driverFunction() {
    return function;
  }

  /**
   * The arguments as the driver reads them: a pointer to each. It copies them during the launch,
   * and would read on behind a missing one.
   */
  Pointer arguments(Object... arguments) {
    signature.check(arguments);
    NativePointerObject[] pointers = new NativePointerObject[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      pointers[i] = pointer(arguments[i]);
    }
    return Pointer.to(pointers);
  }

  private static Pointer pointer(Object argument) {
    if (argument instanceof Integer value) {
      return Pointer.to(new int[] {value});
    } else if (argument instanceof Long value) {
      return Pointer.to(new long[] {value});
    } else if (argument instanceof Float value) {
      return Pointer.to(new float[] {value});
    } else {
      return Pointer.to(new double[] {(Double) argument});
    }
  }
}
