// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.ofp.device.OpticalFourierDevice;

/** The whole suite on the device that {@link Tck#run} was given. */
@ExtendWith(SuppliedTck.Supply.class)
class SuppliedTck extends DeviceTck {
  private final DeviceSource source;

  SuppliedTck(DeviceSource source) {
    this.source = source;
  }

  @Override
  protected OpticalFourierDevice openDevice() {
    return source.open();
  }

  /** Takes the source from the launcher's session: no static state, so runs may be concurrent. */
  static final class Supply implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == DeviceSource.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getStore(
              ExtensionContext.StoreScope.LAUNCHER_SESSION,
              ExtensionContext.Namespace.create(SuppliedTck.class))
          .get(DeviceSource.class);
    }
  }
}
