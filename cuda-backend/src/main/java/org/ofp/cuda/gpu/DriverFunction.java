// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

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

  /** Refuses arguments of other number or types. */
  void check(Object... arguments) {
    signature.check(arguments);
  }
}
