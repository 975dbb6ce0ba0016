// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.SegmentationModel;
import org.ofp.models.io.UnusableFileException;
import org.ofp.optconv.torch.OpticalContext;

/** Checkpoints that were damaged: one line that names the file, and nothing loaded. */
class CheckpointTest {
  @TempDir Path folder;
  private Path json;
  private Path state;

  @BeforeEach
  void train() {
    json = folder.resolve("checkpoint.json");
    state = folder.resolve("state-4.safetensors");
    Trainings.trainer(Trainings.options(1), folder).run(false, Trainings.SILENT);
  }

  @Test
  void holdsWhatItIsOf() throws IOException {
    String text = Files.readString(json);
    for (String part : List.of("\"format\" : 1", "unet-efficientnet-b0", "\"learning rate\"")) {
      assertTrue(text.contains(part), text);
    }
    requireResumes();
  }

  @Test
  void damagedTensors() throws IOException {
    byte[] whole = Files.readAllBytes(state);
    Files.write(state, Arrays.copyOf(whole, whole.length - 1));
    requireDamaged(state, "its checksum is not the one in checkpoint.json");
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1; // still a number
    Files.write(state, flipped);
    requireDamaged(state, "its checksum is not the one in checkpoint.json");
    Files.delete(state);
    requireDamaged(state, "there is no such file");
    Files.write(state, whole);
    requireResumes();
  }

  @Test
  void damagedText() throws IOException {
    String whole = Files.readString(json);
    for (UnaryOperator<String> damage :
        List.<UnaryOperator<String>>of(
            text -> "",
            text -> text.substring(0, text.length() / 2),
            text -> text + "{}",
            text -> "null",
            text -> "[]",
            text -> text.replace("\"step\"", "\"stop\""),
            text -> text.replace("\"format\" : 1", "\"format\" : 2"),
            text -> text.replace("\"format\" : 1", "\"format\" : 1, \"format\" : 1"),
            text -> text.replace("\"epoch\" : 2", "\"epoch\" : 3"),
            text -> text.replace("\"step\" : 0", "\"step\" : 4"), // an epoch has 0 to 3
            text -> text.replace("\"step\" : 0", "\"step\" : 99"),
            text -> text.replace("state-4.safetensors", "../state-4.safetensors"),
            text -> text.replaceAll("(?s)\"epochs\" : \\[.*?\\]", "\"epochs\" : null"))) {
      String damaged = damage.apply(whole);
      assertFalse(damaged.equals(whole));
      Files.writeString(json, damaged);
      requireDamaged(json, "");
    }
    Files.writeString(json, whole);
    requireResumes();
  }

  /** A whole file of another model: the checksum is right, the tensors are not. */
  @Test
  void tensorsOfAnotherModel() throws IOException {
    String before = StateFile.checksum(state);
    Files.copy(folder.resolve("last.safetensors"), state, StandardCopyOption.REPLACE_EXISTING);
    String text = Files.readString(json).replace(before, StateFile.checksum(state));
    Files.writeString(json, text);
    requireDamaged(state, "holds other tensors than this training's");
  }

  private void requireDamaged(Path file, String why) {
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Trainings.model(context);
    Tensor weight = model.parameters().get("outc.conv.weight");
    Tensor before = weight.detach().clone();
    Trainer trainer = new Trainer(model, context, Trainings.DATA, Trainings.options(2), folder);
    UnusableFileException e =
        assertThrows(UnusableFileException.class, () -> trainer.run(true, Trainings.SILENT));
    String message = e.getMessage();
    assertTrue(message.startsWith(file + ": ") && message.contains(why), message);
    assertTrue(message.contains("; restore the folder from a copy, or train anew"), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(weight.detach().equal(before), "nothing is loaded");
  }

  private void requireResumes() {
    TrainingResult result =
        Trainings.trainer(Trainings.options(1), folder).run(true, Trainings.SILENT);
    assertEquals(1, result.epochs().size());
  }
}
