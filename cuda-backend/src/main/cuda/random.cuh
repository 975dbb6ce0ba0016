// SPDX-License-Identifier: Apache-2.0
//
// The same random numbers as org.ofp.optics: CounterRandom, NormalQuantile, PoissonQuantile and
// ShotNoise, operation by operation, from the same tables. See there for the methods and their
// sources.
#pragma once

#include "ofp.cuh"

// Tables that the host uploads.
struct RandomTables {
  const float2 *chords;      // NormalQuantile: height at 0 and slope of each cell
  const double *cumulative;  // PoissonQuantile: 257 rows of 64
  const signed char *guide;  // PoissonQuantile: 256 rows of 256 cells
};

__device__ __forceinline__ unsigned long ofp_random(unsigned long key, unsigned long pixel) {
  unsigned long z = key + pixel * 0x9E3779B97F4A7C15UL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
  return z ^ (z >> 31);
}

// A standard normal number from the upper half of the bits.
__device__ __forceinline__ float ofp_normal(const RandomTables &tables, unsigned long bits) {
  float place = (float)((int)(bits >> 32) | 1);
  unsigned int cell = (unsigned int)ofp_bits(place) >> 16 & 4095;
  float2 chord = tables.chords[cell];
  return ofp_sign(chord.x, place) + place * chord.y;
}

__device__ __forceinline__ double ofp_cumulative(const double *cumulative, int row, double rest,
                                                 int n) {
  const double reciprocals[8] = {1, 1 / 2.0, 1 / 3.0, 1 / 4.0, 1 / 5.0, 1 / 6.0, 1 / 7.0, 1 / 8.0};
  double weight = 1;
#pragma unroll
  for (int j = 7; j >= 0; j--) {
    weight = 1 - rest * reciprocals[j] * weight;
  }
  double sum = 0;
#pragma unroll
  for (int j = 0; j < 8; j++) {
    if (j <= n) {
      sum += weight * cumulative[row * 64 + n - j];
      weight *= rest * reciprocals[j];
    }
  }
  return sum;
}

// A count that the guide leaves open.
__device__ __forceinline__ int ofp_open_count(const double *cumulative, float mean,
                                              unsigned int bits, int guess) {
  float scaled = mean * 16;
  int row = (int)scaled;
  float fraction = scaled - row;
  double u = (bits + 0.5) * 0x1p-32;
  int at = row * 64 + guess;
  double lower = cumulative[at];
  double gap = lower + fraction * (cumulative[at + 64] - lower) - u;
  bool sure = ofp_abs(gap) * (16 + row) > 1.0 / 128;
  if (sure && u < cumulative[at + 65]) {
    return guess + (ofp_bits(gap) < 0 ? 1 : 0);
  }
  double rest = fraction / 16;
  int n = guess;
  while (n < 63 && ofp_cumulative(cumulative, row, rest, n) < u) {
    n++;
  }
  return n;
}

// A Poisson-distributed count for a mean below 16, from the lower half of the bits.
__device__ __forceinline__ float ofp_count(const RandomTables &tables, float mean,
                                           unsigned int bits) {
  float shifted = ofp_least(mean, 16 - 0x1p-19f) + 16;
  int row = (unsigned int)ofp_bits(shifted) >> 15 & 255;
  int guess = tables.guide[row << 8 | bits >> 24];
  if (guess >= 0) {
    return guess;
  }
  return ofp_open_count(tables.cumulative, ofp_least(mean, 0x1.fffffep3f), bits, guess & 63);
}

// Electrons with shot and read noise for expected ones.
__device__ __forceinline__ float ofp_shot(const RandomTables &tables, float mean,
                                          float read_variance, float read_deviation,
                                          unsigned long bits) {
  float z = ofp_normal(tables, bits);
  if (mean < 16) {
    return ofp_count(tables, mean, (unsigned int)bits) + read_deviation * z;
  }
  float variance = mean + read_variance;
  return mean + ofp_sqrt(variance) * z + (z * z - 1) * mean / (6 * variance);
}
