// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One direction of a layer as dense correlations with stride 1 between subsampled maps, which is
 * what overlap-save does.
 *
 * <pre>
 *   input phase  a:  x_a[r] = x[inOffset_a + r·inStep]      zero outside the map
 *   output phase b:  y[outOffset_b + r·outStep] = Σ_a Σ_u h_ba[u]·x_a[r + u],  u in [0, extent)
 * </pre>
 *
 * <p>A stride s splits the input in its s polyphase components, so that nothing is computed that
 * the stride throws away: tap i sits at {@code dilation·i = s·u + a}. A transposed convolution of
 * stride s splits the output instead: output s·r+b gets tap i if {@code dilation·i ≡ b + padding
 * (mod s)}, from input r + (b + padding − dilation·i)/s, and the zeros that its definition inserts
 * are never there. A kernel that is larger than a frame allows is split into parts, each reading
 * the input further on.
 *
 * @param size samples of the input
 * @param output samples of the output
 * @param inStep distance of a phase's samples in the input
 * @param inOffsets where each input phase starts, may be negative: padding
 * @param outStep distance of a phase's samples in the output
 * @param outOffsets where each output phase starts
 * @param extent samples that an output sample depends on, holes of dilated kernels included
 * @param tapIn input phase of each of the kernel's taps
 * @param tapOut output phase of each tap
 * @param tapAt where in the dense kernel each tap sits
 */
@SuppressWarnings("ArrayRecordComponent") // read by this package alone, never compared
record AxisGeometry(
    int size,
    int output,
    int inStep,
    int[] inOffsets,
    int outStep,
    int[] outOffsets,
    int extent,
    int[] tapIn,
    int[] tapOut,
    int[] tapAt) {

  /**
   * One direction of a convolution.
   *
   * @param maxExtent largest extent of a dense kernel; larger ones are split
   */
  static AxisGeometry convolution(
      int size, int output, int kernel, int stride, int padding, int dilation, int maxExtent) {
    int[] phase = new int[kernel];
    int[] at = new int[kernel];
    for (int i = 0; i < kernel; i++) {
      phase[i] = i * dilation % stride;
      at[i] = i * dilation / stride;
    }
    Parts parts = new Parts(phase, at, maxExtent);
    int[] offsets = new int[parts.count()];
    parts.forEach((a, part, index) -> offsets[index] = a + stride * part * parts.extent - padding);
    return new AxisGeometry(
        size,
        output,
        stride,
        offsets,
        1,
        new int[] {0},
        parts.extent,
        parts.in,
        new int[kernel],
        parts.at);
  }

  /** One direction of a transposed convolution; see {@link #convolution}. */
  static AxisGeometry transposed(
      int size, int output, int kernel, int stride, int padding, int dilation, int maxExtent) {
    int[] out = new int[kernel];
    int[] shift = new int[kernel];
    for (int i = 0; i < kernel; i++) {
      out[i] = Math.floorMod(i * dilation - padding, stride);
      shift[i] = (out[i] + padding - i * dilation) / stride;
    }
    int least = Arrays.stream(shift).min().orElseThrow();
    int[] at = Arrays.stream(shift).map(e -> e - least).toArray();
    Parts parts = new Parts(new int[kernel], at, maxExtent);
    int[] offsets = new int[parts.count()];
    parts.forEach((a, part, index) -> offsets[index] = least + part * parts.extent);
    int phases = Math.min(stride, output);
    // Phases beyond the output have no samples; their taps are never read.
    int[] outOffsets = new int[Math.max(phases, 1 + Arrays.stream(out).max().orElseThrow())];
    Arrays.setAll(outOffsets, b -> b);
    return new AxisGeometry(
        size, output, 1, offsets, stride, outOffsets, parts.extent, parts.in, out, parts.at);
  }

  /** Samples of the largest output phase. */
  int count() {
    return (output + outStep - 1) / outStep;
  }

  /** Samples of an output phase. */
  int count(int phase) {
    return Math.max(0, (output - outOffsets[phase] + outStep - 1) / outStep);
  }

  /** For every output sample whether a tap of its falls into the map; the others are the bias. */
  boolean[] seesInput() {
    boolean[] sees = new boolean[output];
    for (int i = 0; i < tapAt.length; i++) {
      for (int r = 0; r < count(tapOut[i]); r++) {
        long from = inOffsets[tapIn[i]] + (long) (r + tapAt[i]) * inStep;
        if (from >= 0 && from < size) {
          sees[outOffsets[tapOut[i]] + r * outStep] = true;
        }
      }
    }
    return sees;
  }

  /** Frame samples beyond which no overlap-save tile is larger than what it covers. */
  int whole() {
    return count() + extent - 1;
  }

  /** Splits taps that lie too far apart, and numbers the input phases that occur. */
  private static final class Parts {
    final int extent;
    final int[] in;
    final int[] at;
    private final Map<Long, Integer> numbers = new LinkedHashMap<>();

    Parts(int[] phase, int[] at, int maxExtent) {
      int reach = Arrays.stream(at).max().orElseThrow() + 1;
      extent = Math.min(reach, maxExtent);
      in = new int[at.length];
      this.at = new int[at.length];
      for (int i = 0; i < at.length; i++) {
        long key = ((long) phase[i] << 32) | (at[i] / extent);
        in[i] = numbers.computeIfAbsent(key, k -> numbers.size());
        this.at[i] = at[i] % extent;
      }
    }

    int count() {
      return numbers.size();
    }

    void forEach(Part action) {
      numbers.forEach((key, index) -> action.of((int) (key >> 32), key.intValue(), index));
    }
  }

  private interface Part {
    void of(int phase, int part, int index);
  }
}
