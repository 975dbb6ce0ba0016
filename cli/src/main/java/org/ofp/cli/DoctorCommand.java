// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.util.concurrent.Callable;
import org.ofp.cli.doctor.Checkup;
import org.ofp.cli.doctor.CheckupText;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.json.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code ofp doctor}. */
@Command(
    name = "doctor",
    description = {
      "Shows what works here and what does not, and why: Java, memory, drivers loaded and rejected,",
      "native libraries, engines. The exit status is 0 if some driver is usable.",
      "No device is opened or disturbed."
    })
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Override
  public Integer call() {
    Checkup checkup = Checkup.of(ofp.driverPath());
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), checkup);
    } else {
      CheckupText.print(checkup, ofp.terminal().out());
    }
    return checkup.usable() ? ExitStatus.SUCCESS : ExitStatus.FAILURE;
  }
}
