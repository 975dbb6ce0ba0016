// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ofp.cuda.gpu.CudaDriver;
import org.ofp.cuda.gpu.GpuSurvey;

/**
 * Tests that need a GPU. Without one they are skipped, counted and with the reason; with {@code
 * -Dofp.gpu=required} they fail with it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresGpu.Condition.class)
public @interface RequiresGpu {
  /** Asks once per test class; at each test, a skipped one would not be counted. */
  final class Condition implements ExecutionCondition {
    private static final String REQUIRED = "required";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return verdict(CudaDriver.survey(), System.getProperty("ofp.gpu", ""));
    }

    /**
     * Whether to run.
     *
     * @throws IllegalStateException if a GPU is required and there is none
     */
    static ConditionEvaluationResult verdict(GpuSurvey survey, String wanted) {
      if (survey.usable()) {
        return ConditionEvaluationResult.enabled(survey.gpus().toString());
      }
      if (wanted.equals(REQUIRED)) {
        throw new IllegalStateException(
            "-Dofp.gpu=required, but there is no GPU: " + survey.reason());
      }
      return ConditionEvaluationResult.disabled("no GPU: " + survey.reason());
    }
  }
}
