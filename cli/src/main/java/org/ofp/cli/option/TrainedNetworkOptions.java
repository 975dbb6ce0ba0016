// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ofp.cli.error.CliException;
import org.ofp.models.EncoderImport;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.Weights;
import org.ofp.models.io.InputFile;
import org.ofp.optconv.torch.OpticalContext;
import picocli.CommandLine.Option;

/** The network that is to be trained, and what it starts from. */
public final class TrainedNetworkOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "unet-efficientnet-b0",
      description = "The network (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights to start from (.safetensors); random ones by the seed otherwise.")
  private Path weights;

  @Option(
      names = "--encoder",
      paramLabel = "FILE",
      description =
          "Weights of an encoder trained on ImageNet (.safetensors, see docs/MODELS.md) to start"
              + " from.")
  private Path encoder;

  @Option(
      names = "--seed",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Seed of random weights, order, augmentation and stochastic depth (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed;

  /** The name of the network. */
  public String name() {
    return name;
  }

  /** Seed of whatever is random in training. */
  public long seed() {
    return seed;
  }

  /** The file of weights to start from. */
  public Optional<Path> weights() {
    return Optional.ofNullable(weights);
  }

  /** The file of encoder weights to start from. */
  public Optional<Path> encoder() {
    return Optional.ofNullable(encoder);
  }

  /** Checks what can be checked without the data. */
  public void check() {
    ModelOptions.requireModel(name);
    if (weights != null && encoder != null) {
      throw CliException.usage(
          "--weights has an encoder already; leave --encoder out, or --weights");
    }
    weights().ifPresent(InputFile::check);
    encoder().ifPresent(InputFile::check);
  }

  /**
   * Builds the network.
   *
   * @param classes of the data
   * @param context where its convolutions run
   */
  public SegmentationModel create(int classes, OpticalContext context) throws IOException {
    SegmentationModel model = Models.create(name, classes, context, seed);
    if (weights != null) {
      Weights.load(model, weights);
    }
    if (encoder != null) {
      EncoderImport.load(model, encoder);
    }
    return model;
  }
}
