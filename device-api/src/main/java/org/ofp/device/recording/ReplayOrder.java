// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Which recorded frame serves a request. Safe for use by several threads. */
interface ReplayOrder {
  /**
   * The recorded frame.
   *
   * @param place names the request in a message, such as {@code frame 3 of the job}
   * @throws DeviceException with {@link ErrorCode#REPLAY_MISMATCH}
   */
  RecordingScan.Entry serve(FrameRequest request, String place);

  /** What a request is told that cannot be served. */
  static DeviceException mismatch(
      FrameRequest request, String place, Recording recording, String difference) {
    return new DeviceException(
        ErrorCode.REPLAY_MISMATCH,
        place
            + " (id "
            + request.content().id()
            + ", repeat "
            + request.content().repeat()
            + ") is not in recording "
            + recording.path()
            + ": "
            + difference
            + "; a replay serves what was recorded and nothing else");
  }
}
