// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.recording;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.device.recording.Provenance;
import org.ofp.device.recording.RecordedFrame;
import org.ofp.device.recording.Recording;

/**
 * What a recording holds, for people and as JSON.
 *
 * @param file the recording
 * @param device id of the recorded device
 * @param driver its driver
 * @param begun when, as ISO 8601
 * @param host on which computer
 * @param software by what
 * @param address of the device, as far as it is known
 * @param command what was run, as far as it is known
 * @param frames complete ones
 * @param jobs to which they belong
 * @param reads of them all
 * @param shapes of the frames
 * @param failures of jobs
 * @param closed whether the recording was ended properly
 * @param lostFrames begun and not there
 * @param lostBytes at the end that are no complete record
 */
public record RecordingSummary(
    String file,
    String device,
    String driver,
    String begun,
    String host,
    String software,
    String address,
    String command,
    int frames,
    long jobs,
    long reads,
    List<String> shapes,
    List<String> failures,
    boolean closed,
    long lostFrames,
    long lostBytes) {

  /** Of an open recording. */
  public static RecordingSummary of(Recording recording) {
    List<RecordedFrame> frames = recording.frames();
    Provenance provenance = recording.provenance();
    return new RecordingSummary(
        recording.path().toString(),
        recording.description().id(),
        recording.description().driver(),
        provenance.begun().toString(),
        provenance.host(),
        provenance.software(),
        provenance.address(),
        provenance.command(),
        frames.size(),
        frames.stream().mapToLong(RecordedFrame::job).distinct().count(),
        frames.stream().mapToLong(frame -> frame.reads().size()).sum(),
        frames.stream().map(frame -> frame.shape().toString()).distinct().toList(),
        recording.failures(),
        recording.losses().closed(),
        recording.losses().frames(),
        recording.losses().bytes());
  }

  /** Prints it. */
  public void print(PrintStream out) {
    TextTable table = new TextTable("Recording", file);
    table.row("Device", device + ", " + driver);
    if (!address.isEmpty()) {
      table.row("Address", address);
    }
    table.row("Begun", begun + " on " + host + ", " + software);
    if (!command.isEmpty()) {
      table.row("Command", command);
    }
    table.row(
        "Frames",
        frames
            + (shapes.isEmpty() ? "" : " of " + shapes.stream().collect(Collectors.joining(", ")))
            + " in "
            + Quantity.count(jobs, "job")
            + ", "
            + Quantity.count(reads, "read"));
    failures.forEach(failure -> table.row("Failed", failure));
    table.row("Lost", losses());
    table.print(out, "");
  }

  private String losses() {
    if (closed) {
      return lostFrames == 0 ? "nothing" : Quantity.count(lostFrames, "frame") + " begun";
    }
    return "the recording was cut off: "
        + Quantity.count(lostFrames, "frame")
        + " begun and not there, "
        + lostBytes
        + " bytes at the end are no complete record";
  }
}
