// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.ofp.models.SegmentationModel;
import org.ofp.models.Weights;
import org.ofp.models.io.AtomicFile;
import org.ofp.models.io.ElementType;
import org.ofp.models.io.InputFile;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.io.WeightsException;

/**
 * The files of a training in its folder:
 *
 * <ul>
 *   <li>{@code best.safetensors}, {@code last.safetensors}: the model's weights after the best and
 *       after the latest epoch.
 *   <li>{@code checkpoint.json}: how far it has come, and the name of
 *   <li>{@code state-N.safetensors}: parameters and Adam's moments after N steps, see {@link
 *       StateFile}.
 * </ul>
 *
 * <p>Each is written all or nothing, {@code checkpoint.json} last, and what it no longer names is
 * removed after: whenever the process dies, the folder holds a whole checkpoint. Weights may then
 * be those of one epoch later; the resumed training writes the same again.
 */
final class Checkpoint {
  private static final int FORMAT = 1;
  private static final String REMEDY =
      "; restore the folder from a copy, or train anew in another folder";

  private static final Pattern STATE = Pattern.compile("state-\\d+\\.safetensors");

  /** What {@link AtomicFile} has no time to remove where the process is killed. */
  private static final Pattern LITTER =
      Pattern.compile(
          "\\.((best|last|state-\\d+)\\.safetensors|checkpoint\\.json)\\.[0-9a-f-]{36}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path folder;
  private final Path json;

  /**
   * What {@code checkpoint.json} says.
   *
   * @param format version of this layout
   * @param training see {@link TrainingIdentity}
   * @param progress how far it has come
   * @param state name of the file with the tensors
   * @param crc32c of that file
   */
  record Contents(
      int format,
      Map<String, String> training,
      TrainingState progress,
      String state,
      String crc32c) {}

  Checkpoint(Path folder) {
    this.folder = folder;
    json = folder.resolve("checkpoint.json");
  }

  /** The weights of the best epoch. */
  Path best() {
    return folder.resolve("best.safetensors");
  }

  /** The weights of the latest epoch. */
  Path last() {
    return folder.resolve("last.safetensors");
  }

  /** Where the files are. */
  Path folder() {
    return folder;
  }

  /** Whether the folder has a checkpoint. */
  boolean exists() {
    return Files.exists(json);
  }

  /** Refuses a folder that holds something of another training. */
  void requireFresh() {
    if (exists()) {
      throw new TrainingException(
          TrainingException.Reason.SETTINGS,
          json + ": there is a training in this folder; resume it, or name another folder");
    }
    for (Path file : new Path[] {best(), last()}) {
      if (Files.exists(file)) {
        throw new TrainingException(
            TrainingException.Reason.SETTINGS,
            file
                + ": is in the way, and there is no checkpoint of its training to resume; move it,"
                + " or name another folder");
      }
    }
  }

  /** Makes the folder, which must be fresh. */
  void begin() {
    requireFresh();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw storage("cannot make the folder " + folder, e);
    }
  }

  /** Saves the model's weights. */
  void save(SegmentationModel model, Path file) {
    try {
      Weights.save(model, file, ElementType.F32);
    } catch (IOException e) {
      throw storage("cannot write " + file, e);
    }
  }

  /**
   * Writes a checkpoint and removes the one before.
   *
   * @param steps since the beginning of training
   */
  void write(Map<String, String> training, TrainingState progress, long steps, StateFile tensors) {
    Path state = folder.resolve("state-" + steps + ".safetensors");
    try {
      tensors.write(state);
      Contents contents =
          new Contents(
              FORMAT,
              training,
              progress,
              state.getFileName().toString(),
              StateFile.checksum(state));
      byte[] text = JSON.writeValueAsBytes(contents);
      AtomicFile.write(json, out -> out.write(text));
      removeOthers(state);
    } catch (IOException e) {
      throw storage("cannot write a checkpoint in " + folder, e);
    }
  }

  private void removeOthers(Path state) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> isOurs(file) && !file.equals(state))) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return STATE.matcher(name).matches() || LITTER.matcher(name).matches();
  }

  private static TrainingException storage(String what, IOException e) {
    // of a missing permission, say, the message is the file and the class tells the rest
    boolean bare = e instanceof FileSystemException file && file.getReason() == null;
    return new TrainingException(
        TrainingException.Reason.STORAGE,
        String.format(
            "%s: %s%s; what was there before is whole: free space or mend this, then resume",
            what, bare ? e.getClass().getSimpleName() + ": " : "", e.getMessage()),
        e);
  }

  /** What the folder's checkpoint says; its tensors are not looked at. */
  Contents read() {
    if (!exists()) {
      throw new TrainingException(
          TrainingException.Reason.SETTINGS,
          folder + ": no training to resume here (no checkpoint.json); train without resuming");
    }
    InputFile.check(json);
    try {
      Contents contents = JSON.readValue(json.toFile(), Contents.class);
      requireConsistent(contents);
      return contents;
    } catch (JsonProcessingException e) {
      throw damaged(json, e.getOriginalMessage().lines().findFirst().orElse("no JSON"), e);
    } catch (IOException e) {
      throw damaged(json, e.getMessage(), e);
    }
  }

  private void requireConsistent(Contents contents) {
    if (contents == null) {
      throw damaged(json, "it says nothing", null);
    }
    if (contents.format() != FORMAT) {
      throw damaged(json, "format " + contents.format() + " instead of " + FORMAT, null);
    }
    TrainingState progress = contents.progress();
    if (progress.epoch() != progress.epochs().size() + 1
        || progress.step() < 0
        || !STATE.matcher(contents.state()).matches()) {
      throw damaged(json, "its entries contradict each other", null);
    }
  }

  /** Checks that there is still a step to do in the epoch that a checkpoint is in. */
  void requireStep(Contents contents, int stepsPerEpoch) {
    int step = contents.progress().step();
    if (step >= stepsPerEpoch) {
      throw damaged(
          json, String.format("%d steps done in an epoch of %d", step, stepsPerEpoch), null);
    }
  }

  /** Reads the tensors of a checkpoint into the model and its optimiser. */
  void restore(Contents contents, StateFile tensors) {
    Path state = folder.resolve(contents.state());
    try {
      if (!StateFile.checksum(state).equals(contents.crc32c())) {
        throw damaged(state, "its checksum is not the one in " + json.getFileName(), null);
      }
      tensors.read(state);
    } catch (NoSuchFileException e) {
      throw damaged(state, "there is no such file", e);
    } catch (IOException e) {
      throw damaged(state, e.getMessage(), e);
    } catch (WeightsException e) {
      throw new UnusableFileException(e.getMessage() + REMEDY, e);
    }
  }

  private static UnusableFileException damaged(Path file, String why, Exception cause) {
    return new UnusableFileException(file + ": the checkpoint is damaged: " + why + REMEDY, cause);
  }
}
