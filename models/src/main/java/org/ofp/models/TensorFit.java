// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ofp.models.io.Quoted;
import org.ofp.models.io.TensorInfo;
import org.ofp.models.io.WeightsException;

/**
 * How the tensors of a file compare with those wanted of it.
 *
 * @param missing wanted tensors that the file lacks
 * @param unexpected tensors of the file that are not wanted
 * @param misshaped wanted tensors with another shape in the file
 * @param details per mis-shaped tensor, both shapes
 */
record TensorFit(
    List<String> missing, List<String> unexpected, List<String> misshaped, List<String> details) {
  private static final int NAMES_SHOWN = 3;

  /**
   * Compares.
   *
   * @param wanted names and shapes
   * @param tensors of the file
   * @param ignored says of a tensor that is not wanted whether it may nevertheless be there
   */
  static TensorFit of(
      Map<String, long[]> wanted, Map<String, TensorInfo> tensors, Predicate<String> ignored) {
    List<String> missing = new ArrayList<>();
    List<String> misshaped = new ArrayList<>();
    List<String> details = new ArrayList<>();
    wanted.forEach(
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
        tensors.keySet().stream()
            .filter(name -> !wanted.containsKey(name) && !ignored.test(name))
            .toList();
    return new TensorFit(missing, unexpected, misshaped, details);
  }

  /** Whether there is nothing to complain of. */
  boolean isGood() {
    return missing.isEmpty() && unexpected.isEmpty() && misshaped.isEmpty();
  }

  /** All that does not fit, the first few of each kind by name. */
  String problems() {
    List<String> problems = new ArrayList<>();
    describe("missing", missing, problems);
    describe("unexpected", unexpected.stream().map(Quoted::of).toList(), problems);
    describe("mis-shaped", details, problems);
    return String.join("; ", problems);
  }

  /** The exception that names everything. */
  WeightsException refusal(String message) {
    return new WeightsException(message, missing, unexpected, misshaped);
  }

  private static void describe(String problem, List<String> names, List<String> problems) {
    if (!names.isEmpty()) {
      List<String> shown = names.subList(0, Math.min(NAMES_SHOWN, names.size()));
      String more = names.size() > NAMES_SHOWN ? ", …" : "";
      problems.add(names.size() + " " + problem + " (" + String.join(", ", shown) + more + ")");
    }
  }
}
