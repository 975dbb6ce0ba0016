// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.recording.RecordingSummary;
import org.ofp.device.DeviceUri;
import org.ofp.device.recording.Recording;
import org.ofp.device.recording.ReplayProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ofp replay FILE [COMMAND...]}. */
@Command(
    name = "replay",
    description = {
      "Runs a command on what was recorded instead of the device, or, without a command, says what"
          + " a recording holds.",
      "For example: ofp replay run.ofpr segment photo.jpg",
      "The results are those of the recorded run. A frame that was not recorded is refused."
    })
final class ReplayCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Option(
      names = "--strict",
      description = "Serve frames in the order in which they were recorded, each once.")
  private boolean strict;

  @Parameters(index = "0", paramLabel = "FILE", description = "The recording.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Command with its arguments.")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    if (!words.isEmpty()) {
      return ofp.runWithin(InnerCommand.onDevice(ofp.grammar(), words, address -> replayed()));
    }
    try (Recording recording = Recording.open(file)) {
      RecordingSummary summary = RecordingSummary.of(recording);
      if (ofp.json()) {
        JsonOutput.write(ofp.terminal().out(), summary);
      } else {
        summary.print(ofp.terminal().out());
      }
      return ExitStatus.SUCCESS;
    }
  }

  private String replayed() {
    Map<String, String> options =
        strict ? Map.of(ReplayProvider.ORDER, ReplayProvider.STRICT) : Map.of();
    return new DeviceUri(
            List.of(new DeviceUri.Layer(ReplayProvider.SCHEME, file.toString(), options)))
        .toString();
  }
}
