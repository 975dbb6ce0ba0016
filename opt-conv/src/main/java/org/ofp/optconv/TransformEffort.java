// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/**
 * What the transform of one complex field takes of a device.
 *
 * @param frames frames shown: 1, more where complex values take several or where the transform is
 *     composed of smaller ones
 * @param pixels SLM pixels written, over all frames
 * @param reads reads of each frame, metering included
 * @param seconds device time, reads included
 * @param joules energy of light, SLM and converter; 0 where the device declares none
 */
public record TransformEffort(int frames, long pixels, int reads, double seconds, double joules) {}
