// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudart.float2;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Addresses in a GPU's memory as JavaCPP wants them: pointers that own nothing, and that no scope
 * of the caller's frees. Each is moved instead of made anew.
 */
final class DeviceView {
  private DeviceView() {}

  /** Bytes. */
  static final class Bytes extends Pointer {
    Bytes at(long place) {
      address = place;
      return this;
    }
  }

  /** Real numbers. */
  static final class Real extends FloatPointer {
    Real at(long place) {
      address = place;
      return this;
    }
  }

  /** Complex numbers, interleaved. */
  static final class Complex extends float2 {
    Complex() {
      super((Pointer) null); // the constructor without arguments takes memory
    }

    Complex at(long place) {
      address = place;
      return this;
    }
  }

  /** A stream. */
  static final class Stream extends CUstream_st {
    Stream(long handle) {
      super((Pointer) null);
      address = handle;
    }
  }
}
