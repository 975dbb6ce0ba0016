// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ofp.cli.conformance.Conformance;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.io.OutputTarget;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.option.DeviceParameter;
import org.ofp.device.DeviceUri;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code ofp tck URI}. The suite's types stay out of this class's signatures: picocli looks at them
 * whatever command is run, and would load the suite.
 */
@Command(
    name = "tck",
    description = {
      "Tests a device against the numbered rules of the device contract.",
      "The exit status is 0 if it keeps them, 1 if it breaks one. Rules that ask nothing of this"
          + " device are listed with the reason.",
      "The device is opened anew for every rule."
    })
final class TckCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Mixin private DeviceParameter address;

  @Option(
      names = "--junit-xml",
      paramLabel = "FILE",
      description = "Also write the report in the XML format of JUnit, for build servers.")
  private Path junitXml;

  @Override
  public Integer call() throws IOException {
    DeviceUri uri = address.uri();
    if (junitXml != null) {
      OutputTarget.checkFile(junitXml);
    }
    Conformance result = Conformance.test(uri, ofp.terminal());
    if (junitXml != null) {
      result.writeJUnitXml(junitXml);
    }
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), result.json());
    } else {
      result.print(ofp.terminal().out());
    }
    return result.conforms() ? ExitStatus.SUCCESS : ExitStatus.FAILURE;
  }
}
