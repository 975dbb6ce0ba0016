// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.junit.jupiter.api.Nested;
import org.ofp.device.OpticalFourierDevice;

/**
 * The whole suite. To test a driver with JUnit, extend this class and say how a device is opened:
 *
 * <pre>{@code
 * class MyDriverTest extends DeviceTck {
 *   @Override
 *   protected OpticalFourierDevice openDevice() {
 *     return new MyDriver();
 *   }
 * }
 * }</pre>
 *
 * <p>Every chapter of {@code docs/SPEC.md} is one nested class, every rule one test. A rule that
 * asks nothing of this device is reported as aborted with the reason. To test one chapter alone,
 * extend its class. {@link UriTck} takes the device from a system property, {@link Tck} runs the
 * suite from a program.
 */
public abstract class DeviceTck {
  /** Opens the device under test; called for every rule. */
  protected abstract OpticalFourierDevice openDevice();

  @Nested
  class Lifecycle extends LifecycleRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class Frames extends FrameRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class Transforms extends TransformRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class Readouts extends ReadoutRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class CapabilitiesDeclared extends CapabilityRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class Sequences extends SequenceRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class Jobs extends JobRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class Errors extends ErrorRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class DeterminismDeclared extends DeterminismRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }

  @Nested
  class Threads extends ThreadRules {
    @Override
    protected OpticalFourierDevice openDevice() {
      return DeviceTck.this.openDevice();
    }
  }
}
