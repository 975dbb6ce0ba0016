// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.Tensor;

/** Reads the parameters of a module by name. */
public final class Parameters {
  private Parameters() {}

  /**
   * All parameters below {@code module} by dotted name, in the order of PyTorch's {@code
   * state_dict}. The tensors share memory with the module and live as long as Java references them.
   */
  public static Map<String, Tensor> of(Module module) {
    return Scoped.unscoped(
        () -> {
          Map<String, Tensor> parameters = new LinkedHashMap<>();
          StringTensorDict named = module.named_parameters(true);
          for (long i = 0; i < named.size(); i++) {
            StringTensorDictItem item = named.get(i);
            try (BytePointer key = item.key()) {
              // value() points into the dictionary, which is freed; the copy shares the tensor
              parameters.put(key.getString(), new Tensor(item.value()));
            }
          }
          named.close();
          return parameters;
        });
  }
}
