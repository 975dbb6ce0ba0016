// SPDX-License-Identifier: Apache-2.0
//
// Elementary functions in double precision, for the modulator's paths without tables. Relative
// errors are some 1e-16; results are rounded to float, so that they are Java's but for a rounding
// in 1e8. Series are cut where the next term is below 1e-17 on the reduced range.
#pragma once

#include "ofp.cuh"

// Sine and cosine by reduction to +-pi/4 and Taylor's series, |x| up to some 1e5.
__device__ __forceinline__ void ofp_sincos(double x, double *sine, double *cosine) {
  double turns = ofp_round(x * 0.63661977236758134);
  // pi/2 in two parts, the first with 33 bits, so that its products with few turns are exact.
  double r = (x - turns * 1.5707963267341256) - turns * 6.0771005065061922e-11;
  double s = r * r;
  double sr = 1 / 355687428096000.0;
  sr = sr * s - 1 / 1307674368000.0;
  sr = sr * s + 1 / 6227020800.0;
  sr = sr * s - 1 / 39916800.0;
  sr = sr * s + 1 / 362880.0;
  sr = sr * s - 1 / 5040.0;
  sr = sr * s + 1 / 120.0;
  sr = sr * s - 1 / 6.0;
  sr = r + r * s * sr;
  double cr = 1 / 20922789888000.0;
  cr = cr * s - 1 / 87178291200.0;
  cr = cr * s + 1 / 479001600.0;
  cr = cr * s - 1 / 3628800.0;
  cr = cr * s + 1 / 40320.0;
  cr = cr * s - 1 / 720.0;
  cr = cr * s + 1 / 24.0;
  cr = 1 - 0.5 * s + s * s * cr;
  int quarter = (int)turns & 3;
  double a = quarter & 1 ? cr : sr;
  double b = quarter & 1 ? sr : cr;
  *sine = quarter & 2 ? -a : a;
  *cosine = (quarter + 1) & 2 ? -b : b;
}

// The octant's angle by Abramowitz and Stegun 4.4.49 in float, to 5e-7; see the simulator's Phase.
__device__ __forceinline__ float ofp_phase(float re, float im) {
  float x = ofp_abs(re);
  float y = ofp_abs(im);
  float t = ofp_least(x, y) / ofp_most(ofp_most(x, y), 0x1p-126f);
  float s = t * t;
  float p = 0.0028662257f;
  p = p * s - 0.0161657367f;
  p = p * s + 0.0429096138f;
  p = p * s - 0.0752896400f;
  p = p * s + 0.1065626393f;
  p = p * s - 0.1420889944f;
  p = p * s + 0.1999355085f;
  p = p * s - 0.3333314528f;
  float a = t * (p * s + 1);
  a = x < y ? 1.57079637f - a : a;
  a = re < 0 ? 3.14159274f - a : a;
  return im < 0 ? -a : a;
}

// Phase of re + i*im: the float angle and one Newton step, which squares its error and more.
__device__ __forceinline__ double ofp_atan2(double im, double re) {
  double size = ofp_sqrt(re * re + im * im);
  if (size == 0) {
    return 0;
  }
  double first = ofp_phase((float)(re / size), (float)(im / size));
  double s, c;
  ofp_sincos(first, &s, &c);
  double d = (im * c - re * s) / (re * c + im * s);
  return first + d;
}

// x^p for x from 0 to 1 and p > 0, as exp(p*ln x).
__device__ __forceinline__ double ofp_pow(double x, double p) {
  if (x <= 0) {
    return 0;
  }
  long bits = ofp_bits(x);
  long exponent = (bits >> 52) - 1023;
  double m = ofp_double((bits & 0xFFFFFFFFFFFFFL) | (1023L << 52));
  if (m > 1.4142135623730951) {
    m *= 0.5;
    exponent += 1;
  }
  // ln m = 2*artanh((m-1)/(m+1)).
  double s = (m - 1) / (m + 1);
  double q = s * s;
  double series = 0;
  for (int k = 21; k >= 3; k -= 2) {
    series = (series + 1.0 / k) * q;
  }
  double log = 2 * s * (1 + series) + exponent * 0.69314718055994531;
  double y = p * log;
  double powers = ofp_round(y * 1.4426950408889634);
  double r = (y - powers * 0.69314718036912382) - powers * 1.9082149292705877e-10;
  double exp = 1;
  for (int k = 14; k >= 1; k--) {
    exp = 1 + exp * r / k;
  }
  return powers < -1020 ? 0 : exp * ofp_double(((long)powers + 1023) << 52);
}
