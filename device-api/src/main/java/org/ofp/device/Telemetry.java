// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;

/**
 * What a device has done since it was opened.
 *
 * @param framesLoaded frames displayed
 * @param reads detector reads, metering included
 * @param saturatedPixels pixels that clipped, over all reads
 * @param deviceTime time the device itself was busy; a simulator reports the time that the bench it
 *     stands for would have needed
 */
@Stable(since = "0.1")
public record Telemetry(long framesLoaded, long reads, long saturatedPixels, Duration deviceTime) {}
