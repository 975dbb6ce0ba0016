// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ofp.device.DeviceUri;
import org.ofp.device.TransformOptions;

/**
 * What all pictures of a run have in common: all that it takes to run it again.
 *
 * @param ofp the SDK's version
 * @param command the command line
 * @param environment variables that it depends on, if set
 * @param folder in which it was run
 * @param model name of the network
 * @param weights file of its weights, or {@code shipped}; empty if it is untrained
 * @param weightsSha256 of that file when it was loaded; empty likewise
 * @param warning why the results mean nothing; empty if they do
 * @param device address of the device; empty if there is none
 * @param precision how fields are put on it
 * @param settings values of all options that decide the result, defaults too, by name
 */
public record RunFacts(
    String ofp,
    RunCommand command,
    Map<String, String> environment,
    Path folder,
    String model,
    Optional<String> weights,
    String weightsSha256,
    Optional<String> warning,
    Optional<DeviceUri> device,
    TransformOptions precision,
    Map<String, String> settings) {}
