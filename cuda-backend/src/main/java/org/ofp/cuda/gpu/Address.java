// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;

/** An address in a GPU's memory as JCuda wants it. JCuda itself hides the number. */
final class Address extends CUdeviceptr {
  private static final CUdeviceptr NULL = new CUdeviceptr();

  /** To be filled in by JCuda. */
  Address() {}

  /** A known address: that many bytes after address 0. */
  Address(long address) {
    super(NULL, address);
  }

  /** The number. */
  long value() {
    return getNativePointer() + getByteOffset();
  }

  /** A stream whose handle other libraries can be told. */
  static final class Stream extends CUstream {
    long value() {
      return getNativePointer();
    }
  }
}
