// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Which fields of a tile make which results, where every result has fields of its own: result r of
 * a tile has the fields {@code r·inputs … (r+1)·inputs − 1}, the last one what there is.
 *
 * @param frame shape of the fields
 * @param pairs fields of a tile
 * @param inputs fields of a result
 */
@Experimental(since = "0.1")
public record FieldProducts(FrameShape frame, int pairs, int inputs) {
  /** Results of a tile. */
  public int results() {
    return (pairs + inputs - 1) / inputs;
  }

  /**
   * The first field of a result, {@code [tile][pair]}.
   *
   * @param result its number, {@code [tile][result]}
   */
  public long firstField(long result) {
    return result / results() * pairs + result % results() * inputs;
  }
}
