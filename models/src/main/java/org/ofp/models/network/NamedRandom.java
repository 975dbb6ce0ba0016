// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.nio.charset.StandardCharsets;

/**
 * Uniform random numbers as a pure function of (seed, name, index): the {@code index}-th output of
 * a SplitMix64 generator whose state is derived from the seed and the name's 64-bit FNV-1a hash.
 *
 * <p>Initial weights drawn this way depend on nothing but the seed and the parameter's name: not on
 * the order in which layers are built, on the presence of other layers, nor on libtorch's global
 * generator. Immutable and thread-safe.
 *
 * <p>Reference: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014.
 */
public final class NamedRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final long state;

  /** The stream of numbers called {@code name} under {@code seed}. */
  public NamedRandom(long seed, String name) {
    state = mix(mix(seed + GOLDEN_GAMMA) ^ fnv1a(name));
  }

  /** A multiple of 2⁻²⁴ in [0, 1). */
  public float unit(long index) {
    return (mix(state + (index + 1) * GOLDEN_GAMMA) >>> 40) * 0x1p-24f;
  }

  /** A multiple of 2⁻²³ in [−1, 1). */
  public float symmetric(long index) {
    return 2 * unit(index) - 1; // exact: both steps fit into the 24 bits of a float
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  private static long fnv1a(String name) {
    long hash = FNV_OFFSET;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
