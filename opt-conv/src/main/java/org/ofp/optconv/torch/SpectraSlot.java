// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.KernelSpectra;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.OpticalConvolver;

/** The kernel spectra that a layer keeps from one pass to the next, if the memory allows. */
final class SpectraSlot {
  private final SpectraBudget budget;
  private final Map<Question, ConvolutionPlan> plans = new HashMap<>();
  private KernelSpectra spectra;
  private long version;
  private long address;

  SpectraSlot(SpectraBudget budget) {
    this.budget = budget;
  }

  private record Question(LayerSpec spec, int rows, int cols) {}

  /** Makes the layer run by a plan where the plan fits. */
  void follow(ConvolutionPlan plan) {
    plans.put(new Question(plan.layer(), plan.rows(), plan.cols()), plan);
  }

  /** The plan for maps of a size: the one to follow, or one for the memory that is left. */
  ConvolutionPlan plan(OpticalConvolver convolver, LayerSpec spec, int rows, int cols) {
    return plans.computeIfAbsent(
        new Question(spec, rows, cols), q -> convolver.plan(spec, rows, cols, budget.left()));
  }

  /**
   * Kept spectra if they are what the plan needs and of the weights as they are now, else fresh
   * ones, which are kept if possible.
   */
  KernelSpectra of(OpticalConvolver convolver, ConvolutionPlan plan, Tensor weight) {
    // Operations in place change the version, set_data changes the address.
    long weightVersion = weight._version();
    long weightAddress = weight.data_ptr().address();
    if (budget.keeps(spectra)
        && weightVersion == version
        && weightAddress == address
        && spectra.fits(plan)) {
      return spectra;
    }
    budget.discard(spectra);
    spectra = null;
    KernelSpectra fresh =
        convolver.spectra(
            plan, HostFloats.of(weight.contiguous()), budget.hasRoom(plan.spectraBytes()));
    if (budget.keep(fresh)) {
      spectra = fresh;
      version = weightVersion;
      address = weightAddress;
    }
    return fresh;
  }

  /** Frees spectra that are not kept. */
  void release(KernelSpectra used) {
    if (used != spectra) {
      used.close();
    }
  }
}
