// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;

/**
 * The whole suite on the device whose address the system property {@value #PROPERTY} holds; without
 * the property it is disabled.
 */
@ExtendWith(UriTck.OnlyWithAddress.class)
public class UriTck extends DeviceTck {
  /** Name of the property. */
  public static final String PROPERTY = "ofp.tck.uri";

  @Override
  protected OpticalFourierDevice openDevice() {
    return Devices.open(System.getProperty(PROPERTY));
  }

  /** JUnit's own conditions on properties are not inherited by subclasses. */
  static final class OnlyWithAddress implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return System.getProperty(PROPERTY, "").isEmpty()
          ? ConditionEvaluationResult.disabled(
              "set -D" + PROPERTY + "=ADDRESS to test the device at an address")
          : ConditionEvaluationResult.enabled("an address is given");
    }
  }
}
