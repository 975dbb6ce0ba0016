// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.io.Quoted;
import org.ofp.models.io.SafetensorsFile;
import org.ofp.models.io.WeightsException;
import org.ofp.models.pretrained.EncoderNames;

/**
 * Gives the encoder of a model weights that others trained on ImageNet.
 *
 * <p>Known are the names that the packages of {@link EncoderNames#all} give to VGG16 and to
 * EfficientNet-b0. EfficientNet's batch normalisations become this SDK's group normalisations:
 * scale and offset are taken over, running statistics are not, for group normalisation has none.
 */
public final class EncoderImport {
  /** Of a batch normalisation, beside its weight and bias. */
  private static final Set<String> STATISTICS =
      Set.of("running_mean", "running_var", "num_batches_tracked");

  /**
   * What was imported.
   *
   * @param encoder the network, such as "VGG16"
   * @param publisher whose names the file has, such as "torchvision"
   * @param tensors by parameter of the model, the tensor of the file that it was set to; in the
   *     order of the model
   * @param values numbers taken over
   * @param ignored tensors of the file that the encoder has no use for: statistics, later layers
   */
  public record Imported(
      String encoder,
      String publisher,
      Map<String, String> tensors,
      long values,
      List<String> ignored) {}

  private EncoderImport() {}

  /**
   * Replaces all parameters of {@code model}'s encoder by those of {@code file}, or none if
   * anything is wrong. The rest of the model stays as it is: the fifth stage of
   * "unet-vgg16-transposed", which is its own, included.
   *
   * <p>Strict: under the names of one publisher the file must hold every parameter of the encoder,
   * in its shape, and nothing else but the publisher's classifier, the layers of EfficientNet-b0
   * that the encoder leaves out, and statistics of batch normalisation.
   *
   * @throws WeightsException if the file is damaged, has other names or does not fit
   * @throws IOException if it cannot be read
   */
  public static Imported load(SegmentationModel model, Path file) throws IOException {
    try (SafetensorsFile weights = SafetensorsFile.open(file)) {
      EncoderNames names = recognised(file, weights.tensors().keySet());
      requireEncoder(model, file, names);
      requirePlainVgg(file, names, weights.tensors().keySet());
      Map<String, String> tensors = tensors(model, names);
      List<String> ignored = requireFit(model, file, weights, names, tensors);
      long values = replace(model, weights, tensors);
      return new Imported(names.encoder(), names.publisher(), tensors, values, ignored);
    }
  }

  private static EncoderNames recognised(Path file, Set<String> tensors) {
    EncoderNames best =
        EncoderNames.all().stream()
            .max(Comparator.comparingLong(names -> names.matches(tensors)))
            .orElseThrow();
    if (best.matches(tensors) == 0) {
      throw new WeightsException(
          String.format(
              "%s holds no encoder under known names%s; known are %s",
              file,
              tensors.stream().findFirst().map(t -> " (it has " + Quoted.of(t) + ")").orElse(""),
              EncoderNames.all().stream()
                  .map(EncoderImport::title)
                  .collect(Collectors.joining(", "))));
    }
    return best;
  }

  private static void requireEncoder(SegmentationModel model, Path file, EncoderNames names) {
    if (!has(model, names)) {
      throw new WeightsException(
          String.format(
              "%s holds %s, but the encoder of %s is %s",
              file,
              title(names),
              model.name(),
              EncoderNames.all().stream()
                  .filter(known -> has(model, known))
                  .map(EncoderNames::encoder)
                  .findFirst()
                  .orElseThrow()));
    }
  }

  private static boolean has(SegmentationModel model, EncoderNames names) {
    String first = names.layers().keySet().iterator().next();
    return model.parameters().containsKey(first + ".weight");
  }

  /** Its layers' numbers are partly those of VGG16 without normalisation. */
  private static void requirePlainVgg(Path file, EncoderNames names, Set<String> tensors) {
    if (names.encoder().equals("VGG16")
        && tensors.stream().anyMatch(tensor -> tensor.endsWith(".running_mean"))) {
      throw new WeightsException(
          file
              + " holds a VGG with batch normalisation (vgg16_bn?), which the encoder lacks; use"
              + " torchvision's vgg16");
    }
  }

  /** The tensor of the file for each parameter of the encoder, in the model's order. */
  private static Map<String, String> tensors(SegmentationModel model, EncoderNames names) {
    Map<String, String> tensors = new LinkedHashMap<>();
    for (String parameter : model.parameters().keySet()) {
      int dot = parameter.lastIndexOf('.');
      String layer = names.layers().get(parameter.substring(0, dot));
      if (layer != null) {
        tensors.put(parameter, layer + parameter.substring(dot));
      }
    }
    return tensors;
  }

  /** The tensors that are there and not needed. */
  private static List<String> requireFit(
      SegmentationModel model,
      Path file,
      SafetensorsFile weights,
      EncoderNames names,
      Map<String, String> tensors) {
    Map<String, long[]> wanted = new LinkedHashMap<>();
    tensors.forEach((parameter, key) -> wanted.put(key, model.parameters().get(parameter).shape()));
    TensorFit fit =
        TensorFit.of(
            wanted, weights.tensors(), key -> names.isBeyond(key) || isStatistic(key, wanted));
    if (!fit.isGood()) {
      throw fit.refusal(
          String.format(
              "%s does not fit the encoder of %s as %s: %s; use the whole state_dict of that"
                  + " network, unchanged",
              file, model.name(), title(names), fit.problems()));
    }
    return weights.tensors().keySet().stream().filter(key -> !wanted.containsKey(key)).toList();
  }

  /** Whether a tensor is a statistic of a layer whose weight has one axis: of a normalisation. */
  private static boolean isStatistic(String tensor, Map<String, long[]> wanted) {
    int dot = tensor.lastIndexOf('.');
    long[] shape = dot < 0 ? null : wanted.get(tensor.substring(0, dot) + ".weight");
    return shape != null && shape.length == 1 && STATISTICS.contains(tensor.substring(dot + 1));
  }

  private static long replace(
      SegmentationModel model, SafetensorsFile weights, Map<String, String> tensors)
      throws IOException {
    PointerScope scope = new PointerScope();
    try {
      Map<String, Tensor> staged = Weights.staged(model, weights, tensors);
      Weights.assign(model, staged);
      return staged.values().stream().mapToLong(Tensor::numel).sum();
    } finally {
      scope.close();
    }
  }

  private static String title(EncoderNames names) {
    return names.encoder() + " of " + names.publisher();
  }
}
