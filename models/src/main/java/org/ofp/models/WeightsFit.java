// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ofp.models.io.Quoted;
import org.ofp.models.io.TensorInfo;
import org.ofp.models.io.WeightsException;

/**
 * How the tensors of a file compare with a model's parameters.
 *
 * @param missing parameters that the file lacks
 * @param unexpected tensors that the model lacks
 * @param misshaped parameters with another shape in the file
 * @param details per mis-shaped parameter, both shapes
 * @param withIgnorable whether the file has some of the parameters that the model ignores
 * @param withSecondNames whether the file has some of the parameters under a second name too
 */
record WeightsFit(
    List<String> missing,
    List<String> unexpected,
    List<String> misshaped,
    List<String> details,
    boolean withIgnorable,
    boolean withSecondNames) {
  private static final int NAMES_SHOWN = 3;

  static WeightsFit of(SegmentationModel model, Map<String, TensorInfo> tensors) {
    Map<String, long[]> expected = new LinkedHashMap<>();
    model.parameters().forEach((name, tensor) -> expected.put(name, tensor.shape()));
    Map<String, long[]> second = new LinkedHashMap<>();
    model.secondNames().forEach((name, first) -> second.put(name, expected.get(first)));
    boolean withIgnorable = expectIfAny(model.ignorableParameters(), tensors, expected);
    boolean withSecondNames = expectIfAny(second, tensors, expected);
    List<String> missing = new ArrayList<>();
    List<String> misshaped = new ArrayList<>();
    List<String> details = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          TensorInfo tensor = tensors.get(name);
          if (tensor == null) {
            missing.add(name);
          } else if (!tensor.shape().equals(Arrays.stream(shape).boxed().toList())) {
            misshaped.add(name);
            details.add(name + " is " + tensor.shape() + ", not " + Arrays.toString(shape));
          }
        });
    List<String> unexpected =
        tensors.keySet().stream().filter(name -> !expected.containsKey(name)).toList();
    return new WeightsFit(missing, unexpected, misshaped, details, withIgnorable, withSecondNames);
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
   * @throws WeightsException if they do not
   */
  void require(SegmentationModel model, Path file) {
    if (missing.isEmpty() && unexpected.isEmpty() && misshaped.isEmpty()) {
      return;
    }
    List<String> problems = new ArrayList<>();
    describe("missing", missing, problems);
    describe("unexpected", unexpected.stream().map(Quoted::of).toList(), problems);
    describe("mis-shaped", details, problems);
    String message =
        String.format(
            "%s does not fit %s with %d classes (%d parameters): %s; use weights saved from this"
                + " model with as many classes%s%s",
            file,
            model.name(),
            model.classes(),
            model.parameters().size(),
            String.join("; ", problems),
            withIgnorable
                ? ", and with all or none of the parameters that its forward pass does not reach"
                : "",
            withSecondNames ? ", and with all or none of the parameters under second names" : "");
    throw new WeightsException(message, missing, unexpected, misshaped);
  }

  private static void describe(String problem, List<String> names, List<String> problems) {
    if (!names.isEmpty()) {
      List<String> shown = names.subList(0, Math.min(NAMES_SHOWN, names.size()));
      String more = names.size() > NAMES_SHOWN ? ", …" : "";
      problems.add(names.size() + " " + problem + " (" + String.join(", ", shown) + more + ")");
    }
  }
}
