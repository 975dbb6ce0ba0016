// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.ofp.device.DeviceException;
import org.ofp.device.Job.JobReport;

/** A flight recording's {@code ofp.Job}; its duration is that of the run. */
@Name("ofp.Job")
@Label("Job")
@Category("Optical Fourier processor")
@Description("A job of a queue, from its first attempt to its end.")
@StackTrace(false)
final class JobEvent extends Event {
  @Label("Device")
  String device;

  @Label("Frames")
  int frames;

  @Label("Queued")
  @Timespan(Timespan.NANOSECONDS)
  long queued;

  @Label("Running")
  @Timespan(Timespan.NANOSECONDS)
  long running;

  @Label("Attempts")
  int attempts;

  @Label("Outcome")
  @Description("The error code, or DONE")
  String outcome;

  /** Ends the event, and records it if there is a recording. */
  void ended(JobReport report, int frameCount, DeviceException failure) {
    end();
    if (shouldCommit()) {
      device = report.device();
      frames = frameCount;
      queued = report.queued().toNanos();
      running = report.running().toNanos();
      attempts = report.attempts();
      outcome = failure == null ? "DONE" : failure.code().name();
      commit();
    }
  }
}
