// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ofp.cli.network.Engine;
import org.ofp.cli.term.ShellCommand;

/**
 * What all pages of a run tell alike: the network, the device, the software, the command.
 *
 * @param optical whether there is a device
 * @param model name of the network
 * @param weights file of its weights, or {@code shipped}; empty if it is untrained
 * @param weightsSha256 of that file; empty likewise
 * @param warning why the results mean nothing; empty if they do
 * @param device the device; null without one
 * @param settings values of all options that decide the result, by name
 * @param software versions by name
 * @param command words of the command line
 * @param environment variables that it depends on, if set
 * @param folder in which it was run
 */
record RunSection(
    boolean optical,
    String model,
    String weights,
    String weightsSha256,
    String warning,
    DeviceFacts device,
    Map<String, String> settings,
    Map<String, String> software,
    List<String> command,
    Map<String, String> environment,
    String folder) {

  /** Looks at the device and the computer. */
  static RunSection of(RunFacts facts, Engine engine) {
    Map<String, String> settings = new LinkedHashMap<>(facts.settings());
    settings.put("--exposures", Integer.toString(facts.precision().exposures()));
    settings.put("--slices", Integer.toString(facts.precision().slices()));
    settings.put("--repeats", Integer.toString(facts.precision().repeats()));
    Optional<DeviceFacts> device = DeviceFacts.of(facts.device(), engine);
    return new RunSection(
        engine.optical(),
        facts.model(),
        facts.weights().orElse(""),
        facts.weightsSha256(),
        facts.warning().orElse(""),
        device.orElse(null),
        settings,
        Software.versions(facts.ofp()),
        facts.command().words(),
        facts.environment(),
        facts.folder().toString());
  }

  /**
   * The same for one of several pictures.
   *
   * @param alone the command line for it alone
   * @param firstImage number of its first tile
   */
  RunSection ofOne(List<String> alone, long firstImage) {
    Map<String, String> own = new LinkedHashMap<>(settings);
    own.put(RunCommand.FIRST_IMAGE, Long.toString(firstImage));
    return new RunSection(
        optical,
        model,
        weights,
        weightsSha256,
        warning,
        device,
        own,
        software,
        alone,
        environment,
        folder);
  }

  /** The command line for a POSIX shell. */
  String shellCommand() {
    StringBuilder line = new StringBuilder();
    environment.forEach(
        (name, value) -> line.append(name + "=" + ShellCommand.quoted(value) + " "));
    return line + ShellCommand.of(command);
  }

  /** What it ran on, in a few words. */
  String where() {
    return device == null ? "electronics alone" : device.name();
  }
}
