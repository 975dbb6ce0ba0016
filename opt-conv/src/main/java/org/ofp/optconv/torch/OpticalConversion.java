// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Module;

/**
 * A network made of libtorch's own modules whose convolutions run on a device, and what became of
 * each of them.
 *
 * <p>Nothing changes in libtorch: the converted network has the same native modules, with the same
 * parameters under the same names. What changes are the Java objects that stand for them, since it
 * is Java code that calls a network's modules. A {@code Conv2dImpl} or {@code ConvTranspose2dImpl}
 * is replaced wherever a field, array, list or map of the network's Java modules holds it, final
 * fields included (from JDK 26 on, Java may warn of that); a {@code SequentialImpl} with
 * convolutions becomes one that Java walks through.
 *
 * <p>Not replaced, and listed with the reason, is what only native code calls (the children of a
 * {@code ModuleListImpl}, say), what a class of one's own derived from libtorch's does, and what
 * computes something a device cannot. References that Java does not show, such as a convolution
 * captured by a lambda, cannot be found: after a first forward pass, {@link #notRun} tells.
 *
 * @param <M> the network's class
 * @param module the network, to be used instead of the one before
 * @param replaced names of the convolutions that are on the context now
 * @param left names of those that are not, or not everywhere, with the reason
 */
public record OpticalConversion<M extends Module>(
    M module, List<String> replaced, Map<String, String> left) {
  public OpticalConversion {
    replaced = List.copyOf(replaced);
    left = Map.copyOf(left);
  }

  /**
   * Replaces a network's convolutions. The network before may not be used any more: it is the
   * converted one in part.
   *
   * @param network any tree of modules
   * @param context where the convolutions run from now on, by its policy
   */
  public static <M extends Module> OpticalConversion<M> convert(M network, OpticalContext context) {
    return new NetworkConverter(network, context).convert(network);
  }

  /**
   * Insists that no convolution was left.
   *
   * @return this
   * @throws IllegalStateException naming those that were, and why
   */
  public OpticalConversion<M> requireComplete() {
    if (!left.isEmpty()) {
      throw new IllegalStateException(
          left.size()
              + " of "
              + (left.size() + replaced.size())
              + " convolutions were not replaced: "
              + left);
    }
    return this;
  }

  /** Convolutions that were replaced, but did not run with this context so far. */
  public List<String> notRun(OpticalContext context) {
    List<String> ran = context.runs().stream().map(LayerRun::name).toList();
    return replaced.stream().filter(name -> !ran.contains(name)).toList();
  }
}
