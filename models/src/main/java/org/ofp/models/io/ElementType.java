// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import java.util.Arrays;
import java.util.Optional;

/** The element types of the safetensors format. Those of weights can be read as float32. */
public enum ElementType {
  /** IEEE 754 single precision. */
  F32(4),
  /** IEEE 754 half precision. */
  F16(2),
  /** The upper half of a single-precision number. */
  BF16(2),
  F64(8),
  F8_E4M3(1),
  F8_E5M2(1),
  I8(1),
  I16(2),
  I32(4),
  I64(8),
  U8(1),
  U16(2),
  U32(4),
  U64(8),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /** Whether {@link SafetensorsFile#read} can read it. */
  public boolean isReadable() {
    return this == F32 || this == F16 || this == BF16;
  }

  /** Whether {@link SafetensorsWriter} can write it. */
  public boolean isWritable() {
    return this == F32 || this == F16;
  }

  /** The type that a header calls {@code name}, if the format has it. */
  static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
