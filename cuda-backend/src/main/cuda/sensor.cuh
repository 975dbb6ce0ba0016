// SPDX-License-Identifier: Apache-2.0
//
// Stages 5 and 6, readout and sensor: field at the detector -> expected electrons -> digital
// numbers. All reads of a frame are one pass over its field, and the field is taken from the DFT as
// it is read: to write it out in the detector's order would cost as much as a transform.
#pragma once

#include "lens.cuh"
#include "random.cuh"

// What all reads of a bench have in common. The host writes it: keep in step with SensorRecord.
struct Sensor {
  const float2 *row_factors;  // (1/i)*exp(2*pi*i*N0*k/N), weighted; null: the field is in order
  const float2 *col_factors;
  const float2 *gaps;         // unmodulated field; null if there is none
  const float *responsivity;  // [planes][pixels]; null if all 1
  const float *dark_signal;   // [planes][pixels] electrons; null if none
  RandomTables random;
  int rows;
  int cols;
  int planes;
  int shot;              // whether there is shot noise
  int converts;          // whether there is a converter with a finite number of bits
  float read_variance;   // electrons^2
  float read_deviation;  // its root
  float scale;           // of the transform
};

// What one read of one frame has of its own. The host writes it: keep in step with ReadRecord.
struct Read {
  unsigned long key;  // of the sensor's noise
  float a, b, c, d;   // reference on: scale, offset, in phase, quadrature; off: scale;
                      // coherent: in-phase plane's cos and sin, quadrature plane's two
  float dark;         // electrons of dark current, not of a coherent receiver
  float noise_constant, noise_scale;  // coherent: variance of a read is constant + scale*|E|^2
  float gain;
  float black;
  float most;  // largest magnitude of a digital number; infinite if there is none
  int kind;
  int most_code;  // with a converter: one more than the largest code
};

enum { REFERENCE_ON = 0, REFERENCE_OFF = 1, COHERENT = 2, PROPORTIONAL = 3 };

struct Light {
  float re, im, power;
};

__device__ __forceinline__ Light ofp_light(const Sensor &s, const float2 *field, const float *power,
                                           int pixel) {
  float2 e = s.row_factors == nullptr
                 ? field[pixel]
                 : ofp_centred(field, s.rows, s.cols, pixel, s.row_factors, s.col_factors, s.scale);
  if (s.gaps != nullptr) {
    float2 gap = s.gaps[pixel];
    e.x += gap.x;
    e.y += gap.y;
  }
  return Light{e.x, e.y, power == nullptr ? e.x * e.x + e.y * e.y : power[pixel]};
}

__device__ __forceinline__ float ofp_expected(const Read &read, const Light &light, int plane) {
  if (read.kind == COHERENT) {
    return plane == 0 ? read.a * light.re + read.b * light.im
                      : read.c * light.re + read.d * light.im;
  }
  if (read.kind == REFERENCE_OFF) {
    return read.a * light.power;
  }
  return read.a * ofp_most(light.power + read.b + read.c * light.re + read.d * light.im, 0);
}

// Electrons -> digital number, rounded where there is a converter, not yet clipped.
__device__ __forceinline__ float ofp_converted(const Sensor &s, const Read &read, float x) {
  if (!s.converts) {
    return x;
  }
  int most = read.most_code;
  int least = read.kind == COHERENT ? -most : 0;
  if (most < 1 << 21) {
    const float whole = 0x1.8p23f;
    return ofp_most((float)least, ofp_least((float)most, x)) + whole - whole;
  }
  float half = x + ofp_sign(0x1.fffffep-2f, x);
  // A float beyond the range of an int is beyond that of the converter.
  int code = half >= 0x1p31f ? 2147483647 : half <= -0x1p31f ? -2147483647 - 1 : (int)half;
  code = code > most ? most : code;
  return (float)(code < least ? least : code);
}

// One value of a read; adds to clipped.
__device__ __forceinline__ float ofp_read(const Sensor &s, const Read &read, const Light &light,
                                          int plane, int pixel, int *clipped) {
  if (read.kind == PROPORTIONAL) {
    return read.a * (plane == 0 ? light.re : light.im);
  }
  int pixels = s.rows * s.cols;
  long place = (long)plane * pixels + pixel;
  float x = ofp_expected(read, light, plane);
  if (s.responsivity != nullptr) {
    x *= s.responsivity[place];
  }
  if (read.dark > 0) {
    x += read.dark;
  }
  if (s.shot && read.kind != COHERENT) {
    x = ofp_shot(s.random, x, s.read_variance, s.read_deviation, ofp_random(read.key, place));
  } else if (s.shot) {
    float variance = read.noise_constant + read.noise_scale * light.power;
    x += ofp_sqrt(ofp_here(variance)) * ofp_normal(s.random, ofp_random(read.key, place));
  } else if (s.read_variance > 0) {
    x += s.read_deviation * ofp_normal(s.random, ofp_random(read.key, place));
  }
  if (s.dark_signal != nullptr) {
    x += s.dark_signal[place];
  }
  x = ofp_converted(s, read, read.gain * x + read.black);
  if (ofp_abs(x) > read.most) {
    x = ofp_sign(read.most, x);
    ++*clipped;
  }
  return x;
}

// Pixels of a thread of read_frames: what is the same for all of them is loaded once.
#define READ_PIXELS 4

// All reads of all frames, a thread for READ_PIXELS pixels that lie a block's threads apart.
//   reads      [frames][count]
//   counts     [frames][count][planes][pixels]
//   saturated  [frames][count], to be cleared before
OFP_KERNEL read_frames(const Sensor *sensor, const float2 *fields, const float *powers,
                       const Read *reads, int count, float *counts, int *saturated) {
  const Sensor s = *sensor;
  int pixels = s.rows * s.cols;
  Place place = ofp_place((pixels + READ_PIXELS - 1) / READ_PIXELS);
  long frame = place.frame;
  int threads = OFP_THREADS;
  int first = (place.pixel - (int)OFP_THREAD) * READ_PIXELS + OFP_THREAD;
  const float2 *field = fields + frame * pixels;
  const float *power = powers == nullptr ? nullptr : powers + frame * pixels;
  Light lights[READ_PIXELS];
#pragma unroll
  for (int k = 0; k < READ_PIXELS; k++) {
    int pixel = first + k * threads;
    lights[k] = pixel < pixels ? ofp_light(s, field, power, pixel) : Light{0, 0, 0};
  }
  for (int r = 0; r < count; r++) {
    const Read read = reads[frame * count + r];
    int clipped = 0;
    for (int plane = 0; plane < s.planes; plane++) {
      float *to = counts + ((frame * count + r) * s.planes + plane) * pixels;
#pragma unroll
      for (int k = 0; k < READ_PIXELS; k++) {
        int pixel = first + k * threads;
        if (pixel < pixels) {
          to[pixel] = ofp_read(s, read, lights[k], plane, pixel, &clipped);
        }
      }
    }
    if (clipped > 0) {
      ofp_add(saturated + frame * count + r, clipped);
    }
  }
}

// The largest magnitude among the counts of a read of each listed frame, and how many are clipped.
//   active   [listed] numbers of frames
//   reads    [listed]
//   peaks    [listed] bits of floats that are not negative, to be cleared before
//   clipped  [listed], to be cleared before
OFP_KERNEL find_peaks(const Sensor *sensor, const float2 *fields, const float *powers,
                      const int *active, const Read *reads, int blocks_per_frame, int *peaks,
                      int *clipped) {
  __shared__ int most[256];
  __shared__ int sums[256];
  const Sensor s = *sensor;
  int pixels = s.rows * s.cols;
  int entry = OFP_BLOCK / blocks_per_frame;
  long frame = active[entry];
  const Read read = reads[entry];
  const float2 *field = fields + frame * pixels;
  const float *power = powers == nullptr ? nullptr : powers + frame * pixels;
  int peak = 0;
  int lost = 0;
  for (int pixel = OFP_BLOCK % blocks_per_frame * 256 + OFP_THREAD; pixel < pixels;
       pixel += 256 * blocks_per_frame) {
    Light light = ofp_light(s, field, power, pixel);
    for (int plane = 0; plane < s.planes; plane++) {
      int bits = ofp_bits(ofp_abs(ofp_read(s, read, light, plane, pixel, &lost)));
      peak = bits > peak ? bits : peak;
    }
  }
  most[OFP_THREAD] = peak;
  sums[OFP_THREAD] = lost;
  for (int half = 128; half > 0; half /= 2) {
    ofp_barrier();
    if (OFP_THREAD < half) {
      int other = most[OFP_THREAD + half];
      most[OFP_THREAD] = other > most[OFP_THREAD] ? other : most[OFP_THREAD];
      sums[OFP_THREAD] += sums[OFP_THREAD + half];
    }
  }
  if (OFP_THREAD == 0) {
    ofp_max(peaks + entry, most[0]);
    if (sums[0] > 0) {
      ofp_add(clipped + entry, sums[0]);
    }
  }
}
