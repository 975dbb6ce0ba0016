// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Frames are asked for in any order, as often as wanted. What was recorded more than once is served
 * in turn.
 */
final class ReplayByContent implements ReplayOrder {
  private final Recording recording;
  private final Map<FrameRequest.Content, Alike> alike = new HashMap<>();
  private final Map<Long, List<RecordingScan.Entry>> byId = new HashMap<>();

  /** Frames of which the same was asked. */
  private static final class Alike {
    final List<RecordingScan.Entry> entries = new ArrayList<>(1);
    final AtomicInteger next = new AtomicInteger();
  }

  ReplayByContent(Recording recording) {
    this.recording = recording;
    for (RecordingScan.Entry entry : recording.entries()) {
      alike
          .computeIfAbsent(FrameRequest.Content.of(entry), content -> new Alike())
          .entries
          .add(entry);
      byId.computeIfAbsent(entry.frame().id(), id -> new ArrayList<>(1)).add(entry);
    }
  }

  @Override
  public RecordingScan.Entry serve(FrameRequest request, String place) {
    Alike found = alike.get(request.content());
    if (found != null) {
      int turn = found.next.getAndUpdate(n -> (n + 1) % found.entries.size());
      for (int k = 0; k < found.entries.size(); k++) {
        RecordingScan.Entry entry = found.entries.get((turn + k) % found.entries.size());
        // The checksum may be that of other pixels.
        if (request.difference(entry, recording).isEmpty()) {
          return entry;
        }
      }
    }
    throw ReplayOrder.mismatch(request, place, recording, difference(request));
  }

  /** How the request differs from the recorded frame that comes nearest. */
  private String difference(FrameRequest request) {
    List<RecordingScan.Entry> sameId = byId.get(request.content().id());
    if (sameId == null) {
      return "no frame of this id was recorded";
    }
    RecordingScan.Entry nearest =
        sameId.stream()
            .max(Comparator.comparingInt(entry -> likeness(request.content(), entry)))
            .orElseThrow();
    return request.difference(nearest, recording);
  }

  private static int likeness(FrameRequest.Content asked, RecordingScan.Entry entry) {
    FrameRequest.Content recorded = FrameRequest.Content.of(entry);
    int likeness = asked.repeat() == recorded.repeat() ? 8 : 0;
    likeness += asked.shape().equals(recorded.shape()) ? 4 : 0;
    likeness += asked.amplitudesCrc() == recorded.amplitudesCrc() ? 2 : 0;
    likeness += asked.readouts().equals(recorded.readouts()) ? 1 : 0;
    return likeness;
  }
}
