// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringSharedModuleDict;
import org.bytedeco.pytorch.StringSharedModuleDictItem;

/** The modules of a network by their dotted places in it. */
final class ModuleNames {
  private ModuleNames() {}

  /** First name by native address, in libtorch's order; the network itself has an empty one. */
  static Map<Long, String> of(Module network) {
    Map<Long, String> names = new LinkedHashMap<>();
    visit(network, (name, module) -> names.putIfAbsent(module.address(), name));
    return names;
  }

  /** Calls a visitor with every module below a network and the network itself. */
  static void visit(Module network, BiConsumer<String, Module> visitor) {
    try (PointerScope scope = new PointerScope()) {
      StringSharedModuleDict modules = network.named_modules("", true);
      for (long i = 0; i < modules.size(); i++) {
        StringSharedModuleDictItem item = modules.get(i);
        BytePointer name = item.key(); // null where the name is empty
        visitor.accept(name == null ? "" : name.getString(), item.value());
      }
    }
  }
}
