// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceMemory;
import org.ofp.device.SpectraLayout;

/**
 * Steps 2 to 6 in a device's memory, for layers whose channels meet: some blocks of tiles at a
 * time, multiplied frequency by frequency.
 */
final class ResidentBlocks {
  /** Most memory for the maps' spectra at once, unless a single block needs more. */
  private static final long SPECTRA_BYTES = 512L << 20;

  private final ResidentFields fields;
  private final DeviceMemory memory;
  private final ResidentMatrices matrices;
  private final ConvolutionPlan plan;
  private final SpectraLayout inSpectra;
  private final SpectraLayout outSpectra;

  ResidentBlocks(ResidentFields fields, DeviceMemory memory, ResidentMatrices matrices) {
    this.fields = fields;
    this.memory = memory;
    this.matrices = matrices;
    plan = fields.plan();
    inSpectra = new SpectraLayout(plan.frame(), plan.inPlanes(), plan.columns());
    outSpectra = new SpectraLayout(plan.frame(), plan.outPlanes(), plan.columns());
  }

  void run() {
    int tiles = fields.tiles();
    int blocks = ConvolutionPlan.ceilDiv(tiles, plan.columns());
    int atOnce = (int) Math.min(blocks, Math.max(1, SPECTRA_BYTES / plan.blockBytes()));
    try (DeviceBuffer in = memory.allocate("maps' spectra", atOnce * inSpectra.blockFloats());
        DeviceBuffer out = memory.allocate("outputs' spectra", atOnce * outSpectra.blockFloats())) {
      for (int block = 0; block < blocks; block += atOnce) {
        int first = block * plan.columns();
        int n = Math.min(tiles - first, atOnce * plan.columns());
        forwardPass(first, n, in);
        matrices.multiply(ConvolutionPlan.ceilDiv(n, plan.columns()), in, out);
        inversePass(first, n, out);
      }
    }
  }

  private void forwardPass(int firstTile, int tiles, DeviceBuffer in) {
    if (tiles % plan.columns() > 0) {
      // Columns that hold no tile are multiplied too.
      long last = tiles / plan.columns() * inSpectra.blockFloats();
      in.clear(last, inSpectra.blockFloats());
    }
    long start = (long) firstTile * inSpectra.pairs();
    long count = (long) tiles * inSpectra.pairs();
    for (long first = 0; first < count; first += fields.capacity()) {
      int n = (int) Math.min(fields.capacity(), count - first);
      fields.forward(start + first, n);
      memory.separate(inSpectra, fields.fields(), first, n, in);
    }
  }

  private void inversePass(int firstTile, int tiles, DeviceBuffer out) {
    long start = (long) firstTile * outSpectra.pairs();
    long count = (long) tiles * outSpectra.pairs();
    for (long first = 0; first < count; first += fields.capacity()) {
      int n = (int) Math.min(fields.capacity(), count - first);
      memory.join(outSpectra, out, first, n, fields.fields());
      fields.inverse(start + first, n);
    }
  }
}
