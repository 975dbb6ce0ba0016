// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Samples;
import org.ofp.models.io.Sha256;

/** What must be the same for a training to go on where it was, as words by name. */
final class TrainingIdentity {
  private TrainingIdentity() {}

  /** In the order in which differences are told. */
  static Map<String, String> of(
      SegmentationModel model, TrainingData data, TrainingOptions options) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("model", model.name());
    identity.put("classes", Integer.toString(model.classes()));
    identity.put("loss", options.loss().name());
    identity.put("learning rate", Double.toString(options.learningRate()));
    identity.put("schedule of the learning rate", schedule(options));
    identity.put("batch size", Integer.toString(options.batchSize()));
    identity.put("seed", Long.toString(options.seed()));
    identity.put("augmentation", options.augment() ? "on" : "off");
    describe("training samples", data.training(), identity);
    describe("validation samples", data.validation(), identity);
    identity.put("class weights", Arrays.toString(data.classWeights()));
    return identity;
  }

  /** A rate that falls to 0 at the end depends on when that is. */
  private static String schedule(TrainingOptions options) {
    return options.schedule() == RateSchedule.CONSTANT
        ? "constant"
        : "cosine over " + options.epochs() + " epochs";
  }

  private static void describe(String what, Samples samples, Map<String, String> identity) {
    identity.put("number of " + what, Integer.toString(samples.size()));
    identity.put("side of " + what, Integer.toString(samples.side()));
    identity.put("names of " + what + " (SHA-256)", hash(samples));
  }

  private static String hash(Samples samples) {
    String names =
        IntStream.range(0, samples.size())
            .mapToObj(i -> samples.name(i) + '\0') // ends a name
            .collect(Collectors.joining());
    return Sha256.of(names.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Checks that a checkpoint is one of this training.
   *
   * @param where the checkpoint is
   */
  static void require(Map<String, String> now, Map<String, String> checkpoint, Object where) {
    now.forEach(
        (what, value) -> {
          String before = checkpoint.get(what);
          if (!value.equals(before)) {
            throw new TrainingException(
                TrainingException.Reason.SETTINGS,
                String.format(
                    "the %s: %s, but the training in %s has %s; resume with what it began with, or"
                        + " train anew in another folder",
                    what, value, where, before == null ? "none" : before));
          }
        });
  }
}
