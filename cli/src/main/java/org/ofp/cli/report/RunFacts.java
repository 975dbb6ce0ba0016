// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ofp.device.DeviceUri;
import org.ofp.device.TransformOptions;
import org.ofp.models.ShippedWeights;

/**
 * What all pictures of a run have in common: all that it takes to run it again.
 *
 * @param ofp the SDK's version
 * @param command the command line, {@code ofp} first
 * @param folder in which it was run
 * @param model name of the network
 * @param weights file of its weights; empty if none was named
 * @param shipped its weights, if they are those that come with the SDK
 * @param warning why the results mean nothing; empty if they do
 * @param device address of the device; empty if there is none
 * @param precision how fields are put on it
 * @param settings values of all options that decide the result, defaults too, by name
 */
public record RunFacts(
    String ofp,
    List<String> command,
    Path folder,
    String model,
    Optional<Path> weights,
    Optional<ShippedWeights> shipped,
    Optional<String> warning,
    Optional<DeviceUri> device,
    TransformOptions precision,
    Map<String, String> settings) {}
