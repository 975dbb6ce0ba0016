// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.util.List;

/** Frames are asked for in the order in which they were recorded, each once. */
final class ReplayInOrder implements ReplayOrder {
  private final Recording recording;
  private final List<RecordingScan.Entry> entries;
  private int next;

  ReplayInOrder(Recording recording) {
    this.recording = recording;
    entries = recording.entries();
  }

  @Override
  public synchronized RecordingScan.Entry serve(FrameRequest request, String place) {
    if (next == entries.size()) {
      throw ReplayOrder.mismatch(
          request, place, recording, "all " + entries.size() + " recorded frames have been served");
    }
    RecordingScan.Entry entry = entries.get(next);
    String difference = request.difference(entry, recording);
    if (!difference.isEmpty()) {
      throw ReplayOrder.mismatch(
          request,
          place,
          recording,
          "it is the turn of recorded frame " + next + ", and " + difference);
    }
    next++;
    return entry;
  }
}
