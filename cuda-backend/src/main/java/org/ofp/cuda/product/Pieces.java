// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

/** A product in pieces that fit a {@link ProductLane}. Used by one thread. */
interface Pieces {
  /** Bytes of input and output of a piece, about: large for the bus, small for the memory. */
  int BYTES = 8 << 20;

  /** Their number. */
  int count();

  /** Fills the lane's input and queues its upload, the product and the output's download. */
  void send(ProductLane lane, int piece);

  /** Takes the output, which has arrived. */
  void receive(ProductLane lane, int piece);
}
