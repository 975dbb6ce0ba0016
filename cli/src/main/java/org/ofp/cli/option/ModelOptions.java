// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ofp.cli.error.CliException;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.Weights;
import org.ofp.models.io.InputFile;
import org.ofp.models.io.SafetensorsFile;
import org.ofp.models.io.TensorInfo;
import org.ofp.optconv.torch.OpticalContext;
import picocli.CommandLine.Option;

/** Which network, and which weights it gets. */
public final class ModelOptions {
  /** The classes of the article's data set. */
  private static final int DEFAULT_CLASSES = 23;

  /** More than any data set has; a damaged file may claim anything. */
  private static final int MAX_CLASSES = 1000;

  /** The last layer of every model of the SDK is one of these; it has a row per class. */
  private static final List<String> CLASSIFIERS =
      List.of("outc.conv.weight", "classifier.weight", "decoder_stage1.layer.3.weight");

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "unet-efficientnet-b0",
      description = "The network (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Its trained weights (.safetensors). Without them it gets random ones, and its output"
              + " means nothing.")
  private Path weights;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "Classes it tells apart (default: those of the weights, else of the data, else 23).")
  private Integer classes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the random weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** The name of the network. */
  public String name() {
    return name;
  }

  /** The file of trained weights; empty if the network is untrained. */
  public Optional<Path> weights() {
    return Optional.ofNullable(weights);
  }

  /** What to tell the user of a network without weights; empty if it has some. */
  public Optional<String> warning() {
    return weights == null
        ? Optional.of(
            "the network is untrained: its weights are random (seed "
                + seed
                + "), so what it computes means nothing; pass trained ones with --weights"
                + " FILE.safetensors")
        : Optional.empty();
  }

  /** Checks what can be checked before the work: the name of the network, the file of weights. */
  public void check() {
    requireModel(name);
    weights().ifPresent(InputFile::check);
  }

  /**
   * Builds the network and loads its weights.
   *
   * @param context where its convolutions run
   */
  public SegmentationModel create(OpticalContext context) throws IOException {
    return create(context, DEFAULT_CLASSES);
  }

  /**
   * As {@link #create(OpticalContext)}.
   *
   * @param otherwise classes of a network for which neither the options nor the weights tell them
   */
  public SegmentationModel create(OpticalContext context, int otherwise) throws IOException {
    if (classes != null && classes < 1) {
      throw CliException.usage("--classes " + classes + " must be at least 1");
    }
    requireModel(name);
    SegmentationModel model = Models.create(name, classCount(otherwise), context, seed);
    if (weights != null) {
      Weights.load(model, weights);
    }
    return model;
  }

  /**
   * Checks the name of a network.
   *
   * @throws CliException if there is none of that name
   */
  static void requireModel(String name) {
    if (!Models.names().contains(name)) {
      throw unknown(name);
    }
  }

  /** The models themselves know best what to say. */
  private static CliException unknown(String name) {
    try (OpticalContext context = OpticalContext.electronic()) {
      Models.create(name, DEFAULT_CLASSES, context, 0);
      throw new AssertionError(name);
    } catch (IllegalArgumentException e) {
      return CliException.usage(e.getMessage());
    }
  }

  private int classCount(int otherwise) throws IOException {
    if (classes != null) {
      return classes;
    }
    return weights == null ? otherwise : classesOfWeights(otherwise);
  }

  /** Where the file does not tell, the strict load that follows says what is wrong with it. */
  private int classesOfWeights(int otherwise) throws IOException {
    InputFile.check(weights);
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      for (String classifier : CLASSIFIERS) {
        TensorInfo tensor = file.tensors().get(classifier);
        if (tensor != null && !tensor.shape().isEmpty()) {
          long rows = tensor.shape().get(0);
          return rows >= 1 && rows <= MAX_CLASSES ? (int) rows : otherwise;
        }
      }
    }
    return otherwise;
  }
}
