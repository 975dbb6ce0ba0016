// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ofp.models.io.TensorInfo;
import org.ofp.models.io.WeightsException;

/**
 * How the tensors of a file compare with a model's parameters.
 *
 * @param fit what is missing, unexpected or mis-shaped
 * @param withIgnorable whether the file has some of the parameters that the model ignores
 * @param withSecondNames whether the file has some of the parameters under a second name too
 */
record WeightsFit(TensorFit fit, boolean withIgnorable, boolean withSecondNames) {
  static WeightsFit of(SegmentationModel model, Map<String, TensorInfo> tensors) {
    Map<String, long[]> expected = new LinkedHashMap<>();
    model.parameters().forEach((name, tensor) -> expected.put(name, tensor.shape()));
    Map<String, long[]> second = new LinkedHashMap<>();
    model.secondNames().forEach((name, first) -> second.put(name, expected.get(first)));
    boolean withIgnorable = expectIfAny(model.ignorableParameters(), tensors, expected);
    boolean withSecondNames = expectIfAny(second, tensors, expected);
    TensorFit fit = TensorFit.of(expected, tensors, name -> false);
    return new WeightsFit(fit, withIgnorable, withSecondNames);
  }

  /** What may be present, all or none of it, is expected if some of it is. */
  private static boolean expectIfAny(
      Map<String, long[]> optional, Map<String, TensorInfo> tensors, Map<String, long[]> expected) {
    boolean any = !Collections.disjoint(optional.keySet(), tensors.keySet());
    if (any) {
      expected.putAll(optional);
    }
    return any;
  }

  /**
   * Does nothing if the weights fit.
   *
   * @param file what the message calls it
   * @throws WeightsException if they do not
   */
  void require(SegmentationModel model, String file) {
    if (fit.isGood()) {
      return;
    }
    throw fit.refusal(
        String.format(
            "%s does not fit %s with %d classes (%d parameters): %s; use weights saved from this"
                + " model with as many classes%s%s",
            file,
            model.name(),
            model.classes(),
            model.parameters().size(),
            fit.problems(),
            withIgnorable
                ? ", and with all or none of the parameters that its forward pass does not reach"
                : "",
            withSecondNames ? ", and with all or none of the parameters under second names" : ""));
  }
}
