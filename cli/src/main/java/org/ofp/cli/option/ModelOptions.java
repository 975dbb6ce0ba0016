// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ofp.cli.error.CliException;
import org.ofp.cli.term.Terminal;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.ShippedWeights;
import org.ofp.models.Weights;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.InputFile;
import org.ofp.models.io.SafetensorsFile;
import org.ofp.models.io.TensorInfo;
import org.ofp.optconv.torch.OpticalContext;
import picocli.CommandLine.Option;

/** Which network, and which weights it gets. */
public final class ModelOptions {
  /** The classes of the article's data set. */
  private static final int DEFAULT_CLASSES = 23;

  private static final String SHIPPED = "shipped";

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
          "Its trained weights (.safetensors; default: those shipped with the network, which"
              + " unet-efficientnet-b0 has; others get random ones, and their output means"
              + " nothing).")
  private Path weights;

  @Option(
      names = "--untrained",
      description = "Random weights, even where the network has shipped ones.")
  private boolean untrained;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "Classes it tells apart (default: those of the weights, else of the data to evaluate on,"
              + " else 23).")
  private Integer classes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Seed of random weights; without effect on shipped or named ones (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed;

  /** The name of the network. */
  public String name() {
    return name;
  }

  /** Whether random weights were asked for, even where there are shipped ones. */
  public boolean untrained() {
    return untrained;
  }

  /** Seed of random weights. */
  public long seed() {
    return seed;
  }

  /** The file of trained weights that was named; empty if none was. */
  public Optional<Path> weights() {
    return Optional.ofNullable(weights);
  }

  /**
   * The shipped weights that a network gets; empty if a file of weights was named, or if there are
   * none for this network and so many classes, or none are wanted.
   *
   * @param modelClasses that the network tells apart
   */
  public Optional<ShippedWeights> shipped(int modelClasses) {
    return shipped(shipped -> shipped.classes().size() == modelClasses);
  }

  /** As {@link #shipped(int)}, for a network that is to find these classes and no others. */
  private Optional<ShippedWeights> shipped(ClassPalette data) {
    return shipped(shipped -> shipped.classes().names().equals(data.names()));
  }

  private Optional<ShippedWeights> shipped(Predicate<ShippedWeights> fits) {
    return weights != null || untrained ? Optional.empty() : ShippedWeights.of(name).filter(fits);
  }

  /**
   * What reports call the weights: the file, or {@code shipped}; empty if the network is untrained.
   *
   * @param modelClasses that the network tells apart
   */
  public Optional<String> weightsName(int modelClasses) {
    return weightsName(shipped(modelClasses));
  }

  /** As {@link #weightsName(int)}, for a network that is to find these classes and no others. */
  public Optional<String> weightsName(ClassPalette data) {
    return weightsName(shipped(data));
  }

  private Optional<String> weightsName(Optional<ShippedWeights> own) {
    return weights().map(Path::toString).or(() -> own.map(shipped -> SHIPPED));
  }

  /**
   * What to tell the user of a network that is untrained; empty if it has weights.
   *
   * @param modelClasses that the network tells apart
   */
  public Optional<String> warning(int modelClasses) {
    return warning(shipped(modelClasses), shipped -> otherCount(shipped, modelClasses));
  }

  /**
   * @param own shipped weights that the network has got
   * @param misfit why others are not for it
   */
  private Optional<String> warning(
      Optional<ShippedWeights> own, Function<ShippedWeights, String> misfit) {
    if (weightsName(own).isPresent()) {
      return Optional.empty();
    }
    String otherClasses =
        untrained
            ? ""
            : ShippedWeights.of(name)
                .map(shipped -> " (the shipped ones are for " + misfit.apply(shipped) + ")")
                .orElse("");
    return Optional.of(
        "the network is untrained: its weights are random (seed "
            + seed
            + "), so what it computes means nothing; pass trained ones with --weights"
            + " FILE.safetensors"
            + otherClasses);
  }

  private static String otherCount(ShippedWeights shipped, int classes) {
    return String.format("%d classes, not %d", shipped.classes().size(), classes);
  }

  private static String otherNames(ShippedWeights shipped, ClassPalette data) {
    List<String> own = shipped.classes().names();
    if (own.size() != data.size()) {
      return otherCount(shipped, data.size());
    }
    int first = 0;
    while (own.get(first).equals(data.names().get(first))) {
      first++;
    }
    return String.format(
        "other classes: number %d is %s there and %s here",
        first, own.get(first), data.names().get(first));
  }

  /**
   * Warns of a network that is untrained, and says where weights come from that nobody named.
   *
   * @param modelClasses that the network tells apart
   */
  public void announce(Terminal terminal, int modelClasses) {
    announce(terminal, warning(modelClasses), shipped(modelClasses));
  }

  /** As {@link #announce(Terminal, int)}, for a network that is to find these classes. */
  public void announce(Terminal terminal, ClassPalette data) {
    Optional<ShippedWeights> own = shipped(data);
    announce(terminal, warning(own, shipped -> otherNames(shipped, data)), own);
  }

  private static void announce(
      Terminal terminal, Optional<String> warning, Optional<ShippedWeights> own) {
    warning.ifPresent(terminal::warning);
    own.ifPresent(shipped -> terminal.note("shipped weights, trained on " + shipped.trainedOn()));
  }

  /** Checks what can be checked before the work: the name of the network, the file of weights. */
  public void check() {
    requireModel(name);
    if (weights != null && untrained) {
      throw CliException.usage("--untrained leaves no room for --weights; leave out one of them");
    }
    weights().ifPresent(InputFile::check);
  }

  /**
   * Builds the network and loads its weights.
   *
   * @param context where its convolutions run
   */
  public SegmentationModel create(OpticalContext context) throws IOException {
    SegmentationModel model = withoutShipped(context, DEFAULT_CLASSES);
    shipped(model.classes()).ifPresent(shipped -> shipped.load(model));
    return model;
  }

  /**
   * As {@link #create(OpticalContext)}, for data whose classes the network is to find. It has as
   * many unless options or weights tell another number; it gets shipped weights only if they are
   * for classes of the same names in the same order.
   */
  public SegmentationModel create(OpticalContext context, ClassPalette data) throws IOException {
    SegmentationModel model = withoutShipped(context, data.size());
    if (model.classes() == data.size()) {
      shipped(data).ifPresent(shipped -> shipped.load(model));
    }
    return model;
  }

  /**
   * @param otherwise classes of a network for which neither the options nor the weights tell them
   */
  private SegmentationModel withoutShipped(OpticalContext context, int otherwise)
      throws IOException {
    if (classes != null && classes < 1) {
      throw CliException.usage("--classes " + classes + " must be at least 1");
    }
    check();
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
