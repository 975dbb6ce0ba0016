// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** Why a device can neither show fields of a shape nor compose them, and which shapes it can. */
final class CompositionFailure {
  private CompositionFailure() {}

  static DeviceException of(FrameShape shape, Capabilities capabilities) {
    FrameShape max = capabilities.maxFrame();
    return new DeviceException(
        ErrorCode.INADMISSIBLE_FRAME,
        capabilities.windows() ? primeTooLarge(shape, max) : noPower(shape, max));
  }

  private static String primeTooLarge(FrameShape shape, FrameShape max) {
    boolean rows = Factors.largestPrime(shape.rows()) > max.rows();
    int side = rows ? shape.rows() : shape.cols();
    int limit = rows ? max.rows() : max.cols();
    return "a field of "
        + shape
        + " pixels cannot be composed from frames up to "
        + max
        + ": its "
        + side
        + (rows ? " rows" : " columns")
        + " have the prime factor "
        + Factors.largestPrime(side)
        + "; the nearest sizes that work are "
        + nearest(side, limit, -1)
        + " and "
        + nearest(side, limit, 1);
  }

  /** The next number without a prime factor above {@code limit}, or the last one that exists. */
  private static int nearest(int side, int limit, int step) {
    int n = side;
    do {
      n += step;
    } while (n > 1 && n < FrameShape.MAX && Factors.largestPrime(n) > limit);
    return Factors.largestPrime(n) > limit ? nearest(n, limit, -1) : n;
  }

  private static String noPower(FrameShape shape, FrameShape frame) {
    String why =
        "a field of "
            + shape
            + " pixels cannot be composed: this device takes only frames of "
            + frame
            + ", and of these only fields whose sides are the same power of theirs";
    long rows = frame.rows();
    long cols = frame.cols();
    String below = "";
    while (rows * cols < shape.pixels() && frame.pixels() > 1) {
      below = rows + "×" + cols + " and ";
      rows *= frame.rows();
      cols *= frame.cols();
    }
    return why + "; the nearest are " + below + rows + "×" + cols;
  }
}
