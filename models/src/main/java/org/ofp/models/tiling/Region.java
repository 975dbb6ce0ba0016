// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

/**
 * A rectangle of a picture, in pixels.
 *
 * @param row the first, from 0 at the top
 * @param col the first, from 0 at the left
 * @param rows at least 1
 * @param cols at least 1
 */
public record Region(int row, int col, int rows, int cols) {}
