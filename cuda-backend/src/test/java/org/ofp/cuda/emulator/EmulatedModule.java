// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** A PTX text loaded: its variables have memory, its kernels are decoded when first asked for. */
final class EmulatedModule {
  private final PtxModule module;
  private final AddressSpace memory;
  private final Map<String, Long> globals = new HashMap<>();
  private final Map<String, Kernel> kernels = new ConcurrentHashMap<>();

  EmulatedModule(String name, String ptx, AddressSpace memory) {
    this.module = PtxParser.parse(name, ptx);
    this.memory = memory;
    for (PtxModule.Variable variable : module.variables()) {
      if (!variable.space().equals("shared")) {
        Region region = memory.add("variable " + variable.name(), variable.bytes());
        // Variables without initial value are zero.
        Arrays.fill(region.data, (byte) 0);
        Arrays.fill(region.written, (byte) 1);
        if (variable.initial() != null) {
          variable.initial().duplicate().get(region.data, 0, variable.initial().remaining());
        }
        globals.put(variable.name(), region.base);
      }
    }
  }

  Kernel kernel(String name) {
    return kernels.computeIfAbsent(
        name,
        key -> {
          PtxModule.Function function = module.functions().get(key);
          if (function == null || !function.kernel()) {
            throw new DeviceException(
                ErrorCode.DEVICE_FAILURE,
                "cuModuleGetFunction: module " + module.name() + " has no kernel " + key);
          }
          return new Kernel(Decoder.decode(module, function, globals), memory);
        });
  }
}
