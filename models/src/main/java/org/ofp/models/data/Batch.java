// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

/**
 * Samples as a network takes them.
 *
 * @param size how many
 * @param side rows and columns of each
 * @param images {@code [size, 3, side, side]}, ImageNet-normalised
 * @param labels {@code [size, side, side]}, unsigned, {@link Samples#IGNORED} where none
 */
public record Batch(int size, int side, float[] images, byte[] labels) {}
