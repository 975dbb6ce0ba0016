// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceMemory;
import org.ofp.device.FieldProducts;

/**
 * Steps 2 to 6 in a device's memory, for depthwise layers: some fields of the output at a time,
 * with all that they are made of.
 */
final class ResidentPairs {
  private final ResidentFields fields;
  private final DeviceMemory memory;
  private final KernelSpectra kernels;
  private final FieldProducts products;

  ResidentPairs(ResidentFields fields, DeviceMemory memory, KernelSpectra kernels) {
    this.fields = fields;
    this.memory = memory;
    this.kernels = kernels;
    PairwiseSpectra factors = kernels.pairwise();
    products = new FieldProducts(fields.plan().frame(), factors.inputPairs(), factors.inputs());
  }

  void run() {
    DeviceBuffer factors = kernels.on(memory);
    int atOnce = fields.capacity() / products.inputs();
    long values = 2L * products.frame().pixels();
    long results = (long) fields.tiles() * products.results();
    try (DeviceBuffer spectra = memory.allocate("outputs' spectra", atOnce * values)) {
      for (long first = 0; first < results; first += atOnce) {
        int n = (int) Math.min(atOnce, results - first);
        long from = products.firstField(first);
        fields.forward(from, (int) (products.firstField(first + n) - from));
        memory.combine(products, factors, fields.fields(), first, n, spectra);
        spectra.copy(0, fields.fields(), 0, n * values);
        fields.inverse(first, n);
      }
    }
  }
}
