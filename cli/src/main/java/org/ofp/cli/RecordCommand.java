// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ofp.cli.error.CliException;
import org.ofp.cli.term.Quantity;
import org.ofp.device.DeviceUri;
import org.ofp.device.recording.RecordProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ofp record --to FILE COMMAND...}. */
@Command(
    name = "record",
    description = {
      "Runs a command and records every frame that its device shows and reads, for 'ofp replay'.",
      "For example: ofp record --to run.ofpr segment photo.jpg --device sim:demonstrator",
      "The file grows by 6.3 MB for a frame of 512×512 pixels with four reads. It is kept whatever"
          + " becomes of the command."
    })
final class RecordCommand implements Callable<Integer> {
  private static final int LONGEST_COMMAND = 1000;

  @ParentCommand private Ofp ofp;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The recording. It must not exist yet.")
  private Path file;

  @Option(
      names = "--compact",
      description = "Write counts with two bytes where they are whole; takes processor time.")
  private boolean compact;

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "Command with its arguments.")
  private List<String> words;

  @Override
  public Integer call() throws Exception {
    boolean existed = Files.exists(file);
    int status = ofp.runWithin(InnerCommand.onDevice(ofp.grammar(), words, this::recorded));
    if (!existed && Files.exists(file)) {
      ofp.terminal().note(file + ": " + Quantity.bytes(Files.size(file)) + " recorded");
    }
    return status;
  }

  /** An address has room for so much of a command with many pictures. */
  private static String shortened(String command) {
    return command.codePointCount(0, command.length()) <= LONGEST_COMMAND
        ? command
        : command.substring(0, command.offsetByCodePoints(0, LONGEST_COMMAND)) + "…";
  }

  private String recorded(String address) {
    if (address.equals("none")) {
      throw CliException.usage("there is nothing to record without a device; use --device URI");
    }
    Map<String, String> options = new LinkedHashMap<>();
    if (compact) {
      options.put(RecordProvider.COUNTS, "compact");
    }
    options.put(RecordProvider.ADDRESS, address);
    options.put(RecordProvider.COMMAND, shortened(String.join(" ", words)));
    List<DeviceUri.Layer> layers = new ArrayList<>();
    layers.add(new DeviceUri.Layer(RecordProvider.SCHEME, file.toString(), options));
    layers.addAll(DeviceUri.parse(address).layers());
    return new DeviceUri(layers).toString();
  }
}
