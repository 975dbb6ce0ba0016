// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelSignatureTest {
  @Test
  void typesAreReadFromCompiledKernels() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/org/ofp/cuda/probe.ptx")) {
      String ptx = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      Map<String, KernelSignature> all = KernelSignature.all(ptx);
      KernelSignature probe = all.get("probe");
      assertEquals(1, all.size());
      assertEquals(
          List.of(Long.class, Long.class, Integer.class, Float.class, Double.class), probe.types());
      assertDoesNotThrow(() -> probe.check(0L, 0L, 1, 1f, 1.0));
      assertThrows(IllegalArgumentException.class, () -> probe.check(0L, 0L, 1, 1f));
      assertThrows(IllegalArgumentException.class, () -> probe.check(0L, 0L, 1f, 1, 1.0));
      assertThrows(IllegalArgumentException.class, () -> probe.check(0L, 0L, 1, 1f, null));
    }
  }

  @Test
  void otherSpellings() {
    Map<String, KernelSignature> all =
        KernelSignature.all(
            ".visible .entry a()\n.entry b(\n.param .align 8 .b64 p,\n"
                + ".param .u64 .ptr .global .align 4 q, .param .s32 r)");
    assertEquals(List.of(), all.get("a").types());
    assertEquals(List.of(Long.class, Long.class, Integer.class), all.get("b").types());
    assertThrows(
        IllegalArgumentException.class,
        () -> KernelSignature.all(".entry c(.param .align 4 .b8 p[16])"));
  }
}
