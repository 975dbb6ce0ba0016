// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Module;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OptConvTranspose2d;

/**
 * A part of a network that is made of named parts, as a PyTorch module is of its children.
 *
 * <p>Children are registered with libtorch, which gives the parameters their dotted names, and kept
 * here as Java objects: libtorch only hands back plain {@link Module} views of them, and keeps none
 * of the Java objects alive.
 */
public abstract class Block extends Module {
  private final Map<String, Module> children = new LinkedHashMap<>();

  /** A block whose class is called {@code typeName} in libtorch's messages. */
  protected Block(String typeName) {
    super(typeName);
  }

  /** Adds a child block and returns it. */
  protected final <B extends Block> B child(String name, B block) {
    children.put(name, register_module(name, block));
    return block;
  }

  /** Adds a convolution and returns it. */
  protected final OptConv2d child(String name, OptConv2d convolution) {
    children.put(name, register_module(name, convolution));
    return convolution;
  }

  /** Adds a transposed convolution and returns it. */
  protected final OptConvTranspose2d child(String name, OptConvTranspose2d convolution) {
    children.put(name, register_module(name, convolution));
    return convolution;
  }

  /**
   * The convolutions below this block but the transposed ones, in the order of registration, by
   * dotted name: {@code "blocks.1.conv.0.0"}, whose weight is the parameter {@code
   * "blocks.1.conv.0.0.weight"}.
   */
  public final Map<String, OptConv2d> convolutions() {
    Map<String, OptConv2d> found = new LinkedHashMap<>();
    visitConvolutions(
        "",
        (name, layer) -> {
          if (layer instanceof OptConv2d convolution) {
            found.put(name, convolution);
          }
        });
    return found;
  }

  /** Shows a visitor every convolution below this block, plain or transposed, by dotted name. */
  final void visitConvolutions(String prefix, BiConsumer<String, Module> visitor) {
    children.forEach(
        (name, child) -> {
          if (child instanceof Block block) {
            block.visitConvolutions(prefix + name + ".", visitor);
          } else {
            visitor.accept(prefix + name, child);
          }
        });
  }
}
