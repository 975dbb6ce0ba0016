// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ofp.kernels.KernelStatus;
import org.ofp.kernels.KernelUnavailableException;
import org.ofp.kernels.Kernels;

/** How the engines of this module show among the others, with a GPU and without. */
class CudaEnginesTest {
  private static KernelStatus status(String kind) {
    return Kernels.list().stream()
        .filter(s -> s.kind().equals(kind) && s.name().equals("cublas"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void bothAreListedWithTheReasonIfTheyCannotBeUsed() {
    for (String kind : List.of("product", "pointwise")) {
      KernelStatus status = status(kind);
      assertEquals(status.available(), status.reason().isEmpty(), status.toString());
      assertEquals(status("product").available(), status.available());
    }
  }

  @Test
  void theComplexProductIsNeverTheDefault() {
    assertNotEquals("cublas", Kernels.complexProduct().name());
  }

  @Test
  void thePointwiseProductIsTheDefaultWhereThereIsAGpu() {
    boolean available = status("pointwise").available();
    assertEquals(available, Kernels.pointwiseProduct().name().equals("cublas"));
    assertEquals(available ? "by cublas" : "", Kernels.pointwiseChoice(512, 512, 1 << 20));
    String small = Kernels.pointwiseChoice(2, 2, 4);
    assertEquals(available, small.startsWith("on the CPU: "), small);
  }

  @Test
  void whoAsksByNameIsToldWhyNot() {
    if (status("pointwise").available()) {
      assertEquals("cublas", Kernels.pointwiseProduct("cublas").name());
      assertEquals("cublas", Kernels.complexProduct("cublas").name());
    } else {
      String reason = status("pointwise").reason();
      assertFalse(reason.isBlank());
      for (String message :
          List.of(
              assertThrows(
                      KernelUnavailableException.class, () -> Kernels.pointwiseProduct("cublas"))
                  .getMessage(),
              assertThrows(KernelUnavailableException.class, () -> Kernels.complexProduct("cublas"))
                  .getMessage())) {
        assertTrue(message.contains("'cublas' is not available: " + reason), message);
      }
    }
  }
}
