// SPDX-License-Identifier: Apache-2.0
/**
 * From photographs to pictures of what is where in them. The data's path through the files:
 *
 * <pre>
 * IMAGE...                    files and folders
 *   InputPictures             the files to read, without results of an earlier run
 *   Batch                     one picture after the other; the rest of the line is per picture:
 *     PictureReader           decoded, upright, brought to size; TruthMasks: its ground truth
 *     Segmenter               cut into tiles (models: tiling.TileGrid), one at a time:
 *       NetworkPass           the network on the device, then in libtorch if both are compared
 *       tiling.TileBlend      blended logits, region by region, each as soon as it is finished
 *       NetworkPass           the class of every pixel of the region; LogitsComparer: its errors
 *     Segmenter               mask, classes and overlay written (OutputFiles)
 *     PictureResult           classes and figures (ImageReport; TruthScorer: against the truth)
 *   Batch                     summary.json, anew after every picture
 * Summary, SummaryText        what the command prints
 * </pre>
 *
 * <p>A picture costs memory for its pixels and classes, about 20 bytes a pixel at most; logits,
 * which would be 23 floats a pixel and network, exist for a tile and for the rows that tiles share.
 */
package org.ofp.cli.segment;
