// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.SequentialImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Replaces the Java objects that stand for a network's convolutions, see the result's class. */
final class NetworkConverter {
  /** Modules that take or give several tensors, which a sequence in Java does not pass on. */
  private static final Pattern SEVERAL_TENSORS =
      Pattern.compile(
          ".*::(Bilinear|CosineSimilarity|PairwiseDistance|EmbeddingBag|MaxUnpool|RNN|LSTM|GRU"
              + "|MultiheadAttention|Transformer|AdaptiveLogSoftmax|\\w*Loss)\\w*");

  private final OpticalContext context;
  private final Map<Long, Found> convolutions = new LinkedHashMap<>();
  private final Map<Long, ConvertedSequential> sequences = new HashMap<>();
  private final ModuleReferences references = new ModuleReferences(this::standIn, this::cannot);

  NetworkConverter(Module network, OpticalContext context) {
    this.context = context;
    ModuleNames.visit(network, this::look);
  }

  <M extends Module> OpticalConversion<M> convert(M network) {
    @SuppressWarnings("unchecked") // what is replaced itself is of one of libtorch's own classes
    M converted = (M) references.replaced(network);
    List<String> replaced = new ArrayList<>();
    Map<String, String> left = new LinkedHashMap<>();
    for (Found found : convolutions.values()) {
      if (found.reason != null) {
        left.put(found.name, found.reason);
      } else if (found.standIn != null) {
        replaced.add(found.standIn.layer().name());
      } else {
        left.put(found.name, "no field, array, list or map of the network's Java modules holds it");
      }
    }
    return new OpticalConversion<>(converted, replaced, left);
  }

  /** Takes stock of what libtorch says there is. */
  private void look(String name, Module module) {
    Conv2dImpl plain = module.asConv2d();
    ConvTranspose2dImpl transposed = module.asConvTranspose2d();
    if (convolutions.containsKey(module.address())) {
      return; // in a second place
    }
    if (plain != null) {
      convolutions.put(
          module.address(),
          new Found(name, plain.weight(), () -> ConvolutionOptions.convolution(plain.options())));
    } else if (transposed != null) {
      convolutions.put(
          module.address(),
          new Found(
              name,
              transposed.weight(),
              () -> ConvolutionOptions.transposed(transposed.options())));
    }
  }

  /** What stands for a module from now on: the module itself if there is nothing to convert. */
  private Module standIn(Module module) {
    if (module instanceof SequentialImpl sequence) {
      return sequence(sequence);
    }
    Found found = convolutions.get(module.address());
    if (found == null || found.operation == null) {
      return module;
    }
    if (!isOfLibtorch(module)) {
      found.reason = "it is a " + module.getClass().getName() + ", with a forward of its own";
      return module;
    }
    if (module instanceof Conv2dImpl || module instanceof ConvTranspose2dImpl) {
      return found.standIn(module).module();
    }
    return module;
  }

  private Module sequence(SequentialImpl sequence) {
    ConvertedSequential known = sequences.get(sequence.address());
    if (known != null) {
      return known;
    }
    String reason = whyNot(sequence);
    if (reason != null) {
      cannot(sequence, reason);
      return sequence;
    }
    Map<Long, UnaryOperator<Tensor>> steps = new HashMap<>();
    try (PointerScope scope = new PointerScope()) {
      for (long i = 0; i < sequence.size(); i++) {
        Module member = sequence.ptr(i);
        Found found = convolutions.get(member.address());
        if (found != null && found.operation != null) {
          steps.put(member.address(), found.standIn(typed(member)).layer()::forward);
        }
      }
    }
    if (steps.isEmpty()) {
      return sequence;
    }
    ConvertedSequential converted = new ConvertedSequential(sequence, steps);
    sequences.put(sequence.address(), converted);
    return converted;
  }

  private static String whyNot(SequentialImpl sequence) {
    if (!isOfLibtorch(sequence)) {
      return "it is in a " + sequence.getClass().getName() + ", with a forward of its own";
    }
    try (PointerScope scope = new PointerScope()) {
      for (long i = 0; i < sequence.size(); i++) {
        String type = sequence.ptr(i).name().getString();
        if (SEVERAL_TENSORS.matcher(type).matches()) {
          return "it is in a sequence with a " + type + ", which takes or gives several tensors";
        }
      }
    }
    return null;
  }

  /** A Java object for a module that has none yet, which outlives the scope it is made in. */
  private static Module typed(Module module) {
    Conv2dImpl plain = module.asConv2d();
    Module typed = plain != null ? plain : module.asConvTranspose2d();
    typed.retainReference();
    return typed;
  }

  /** Takes note that something holds a module, or a sequence with it, and goes on to. */
  private void cannot(Module module, String reason) {
    if (module instanceof SequentialImpl sequence) {
      try (PointerScope scope = new PointerScope()) {
        for (long i = 0; i < sequence.size(); i++) {
          cannot(sequence.ptr(i), reason);
        }
      }
      return;
    }
    Found found = convolutions.get(module.address());
    if (found != null && found.reason == null) {
      found.reason = reason;
    }
  }

  /** Whether a module's forward is libtorch's, by its class or one that stands for it. */
  private static boolean isOfLibtorch(Module module) {
    return module.getClass().getPackage().equals(Module.class.getPackage())
        || module instanceof Converted
        || module instanceof ConvertedSequential;
  }

  /** A convolution of the network. */
  private final class Found {
    final String name;

    /** Null if no device can do it. */
    final LayerOperation operation;

    /** Why it is left, or null. */
    String reason;

    private Converted standIn;

    Found(String name, Tensor weight, Supplier<LayerOperation> options) {
      this.name = name;
      LayerOperation known = null;
      if (weight.scalar_type().intern() != torch.ScalarType.Float) {
        reason =
            "its weights are "
                + weight.dtype().name().getString()
                + ", a device takes float; convert with to(kFloat)";
      } else {
        try {
          known = options.get();
        } catch (IllegalArgumentException e) {
          reason = e.getMessage();
        }
      }
      operation = known;
    }

    /** The one stand-in, however many places hold the module. */
    Converted standIn(Module module) {
      if (standIn == null) {
        standIn =
            module instanceof ConvTranspose2dImpl transposed
                ? new ConvertedConvTranspose2d(
                    transposed, (TransposedConvolution) operation, context, name)
                : new ConvertedConv2d((Conv2dImpl) module, (Convolution) operation, context, name);
      }
      return standIn;
    }
  }
}
