// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ofp.cli.network.Engine;
import org.ofp.cli.term.ShellCommand;
import org.ofp.models.ShippedWeights;
import org.ofp.models.io.Sha256;

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
    String folder) {

  /** Looks at the weights, the device and the computer. */
  static RunSection of(RunFacts facts, Engine engine) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(facts.settings());
    settings.put("--exposures", Integer.toString(facts.precision().exposures()));
    settings.put("--slices", Integer.toString(facts.precision().slices()));
    settings.put("--repeats", Integer.toString(facts.precision().repeats()));
    Optional<DeviceFacts> device = DeviceFacts.of(facts.device(), engine);
    return new RunSection(
        engine.optical(),
        facts.model(),
        facts.weights().map(Path::toString).orElse(facts.shipped().isPresent() ? "shipped" : ""),
        sha256(facts),
        facts.warning().orElse(""),
        device.orElse(null),
        settings,
        Software.versions(facts.ofp()),
        facts.command(),
        facts.folder().toString());
  }

  private static String sha256(RunFacts facts) throws IOException {
    return facts.weights().isPresent()
        ? Sha256.of(facts.weights().get())
        : facts.shipped().map(ShippedWeights::sha256).orElse("");
  }

  /** The command line for a POSIX shell. */
  String shellCommand() {
    return ShellCommand.of(command);
  }

  /** What it ran on, in a few words. */
  String where() {
    return device == null ? "electronics alone" : device.name();
  }
}
