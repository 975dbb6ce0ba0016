// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.Optional;
import org.ofp.cli.error.CliException;
import picocli.CommandLine.Option;

/** The size of pictures, and how large ones are cut. */
public final class TilingOptions {
  /** As many pixels a side as the largest square picture that can be read has. */
  private static final int LARGEST_SIZE = 10_000;

  private static final int SMALLEST_TILE = 256;
  private static final int LARGEST_TILE = 2048;

  /** Multiples of it need no padding in any of the networks. */
  private static final int TILE_STEP = 32;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Scale each image so that its longest side has N pixels, up to "
              + LARGEST_SIZE
              + " (default: as it is).")
  private Integer size;

  @Option(
      names = "--tile",
      paramLabel = "N",
      defaultValue = "1024",
      description =
          "Cut images with longer sides into tiles of up to N×N pixels, "
              + SMALLEST_TILE
              + " to "
              + LARGEST_TILE
              + " in steps of "
              + TILE_STEP
              + " (default: ${DEFAULT-VALUE}). Memory grows with its square.")
  private int tile;

  @Option(
      names = "--overlap",
      paramLabel = "N",
      defaultValue = "128",
      description =
          "Pixels that neighbouring tiles share at least, and over which one passes into the other,"
              + " 0 to half a tile (default: ${DEFAULT-VALUE}).")
  private int overlap;

  /** Pixels that the longest side of a picture is brought to; empty for as many as it has. */
  public Optional<Integer> size() {
    return Optional.ofNullable(size);
  }

  /** The longest side of a tile. */
  public int tile() {
    return tile;
  }

  /** Pixels that neighbouring tiles share at least. */
  public int overlap() {
    return overlap;
  }

  /**
   * Checks the numbers.
   *
   * @throws CliException if one is out of range
   */
  public void check() {
    if (size != null) {
      OptionRange.requireFrom(1, LARGEST_SIZE, "--size", size);
    }
    OptionRange.require(
        tile >= SMALLEST_TILE && tile <= LARGEST_TILE && tile % TILE_STEP == 0,
        "--tile",
        tile,
        "a multiple of " + TILE_STEP + " from " + SMALLEST_TILE + " to " + LARGEST_TILE);
    OptionRange.requireFrom(0, tile / 2, "--overlap", overlap);
  }
}
