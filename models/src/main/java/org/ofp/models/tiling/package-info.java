// SPDX-License-Identifier: Apache-2.0

/**
 * Pictures larger than a network can take at once: cut into overlapping tiles of one size, run
 * through the network tile by tile, and blended into one map, of which no more than a tile's height
 * is ever held. On plain float arrays, without libtorch.
 */
package org.ofp.models.tiling;
