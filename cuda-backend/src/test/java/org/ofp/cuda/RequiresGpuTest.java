// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.ofp.cuda.gpu.GpuSurvey;

class RequiresGpuTest {
  private static final GpuSurvey NONE =
      new GpuSurvey(false, "libcuda.so.1 not found", 0, List.of());

  @Test
  void testsAreSkippedWithTheReason() {
    ConditionEvaluationResult skip = RequiresGpu.Condition.verdict(NONE, "");
    assertTrue(skip.isDisabled());
    assertEquals("no GPU: libcuda.so.1 not found", skip.getReason().orElseThrow());
  }

  @Test
  void testsFailWhereAGpuIsRequired() {
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class, () -> RequiresGpu.Condition.verdict(NONE, "required"));
    assertTrue(failure.getMessage().contains("libcuda.so.1 not found"), failure.getMessage());
  }
}
