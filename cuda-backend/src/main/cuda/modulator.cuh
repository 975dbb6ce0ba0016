// SPDX-License-Identifier: Apache-2.0
//
// Stage 1, the SLM: requested amplitude -> drive -> crosstalk -> settling -> displayed amplitude ->
// bad pixels, and the factors of the modulator's plane, which are the beginning of stage 2.
#pragma once

#include "real.cuh"

// Multiplies by what the plane does to the light, where it does anything.
__device__ __forceinline__ float2 ofp_times(float2 a, const float2 *plane, long pixel) {
  float re = a.x;
  float im = a.y;
  if (plane != nullptr) {
    float2 f = plane[pixel];
    re = a.x * f.x - a.y * f.y;
    im = a.x * f.y + a.y * f.x;
  }
  return float2{re, im};
}

// What a pixel shows that does not follow its drive; x is NaN for pixels that do.
__device__ __forceinline__ float2 ofp_unless_bad(float2 a, const float2 *bad, long pixel) {
  float re = a.x;
  float im = a.y;
  if (bad != nullptr && bad[pixel].x == bad[pixel].x) {
    re = bad[pixel].x;
    im = bad[pixel].y;
  }
  return float2{re, im};
}

// A continuous linear modulator: amplitudes above 1, by rounding, are brought back to 1.
OFP_KERNEL show_continuous(const float2 *requested, float2 *shown, int pixels, const float2 *bad,
                           const float2 *plane) {
  Place place = ofp_place(pixels);
  if (place.outside) {
    return;
  }
  long i = place.index;
  float2 a = requested[i];
  float power = a.x * a.x + a.y * a.y;
  if (power > 1) {
    float scale = (float)(1 / ofp_sqrt((double)power));
    a.x *= scale;
    a.y *= scale;
  }
  shown[i] = ofp_times(ofp_unless_bad(a, bad, place.pixel), plane, place.pixel);
}

// The nearest levels of amplitude (where there are any) and phase, by tables.
OFP_KERNEL show_levels(const float2 *requested, float2 *shown, int pixels, const float *magnitudes,
                       int amplitudes, const float2 *circle, int phases, float levels_per_radian,
                       const float2 *bad, const float2 *plane) {
  Place place = ofp_place(pixels);
  if (place.outside) {
    return;
  }
  long i = place.index;
  // Added to it, floats are rounded to whole numbers in their low bits.
  const float whole = 0x1.8p23f;
  float2 a = requested[i];
  float magnitude = ofp_least(1, ofp_sqrt(a.x * a.x + a.y * a.y));
  if (magnitudes != nullptr) {
    float level = (amplitudes - 1) * magnitude + whole;
    magnitude = magnitudes[ofp_bits(level) & (amplitudes - 1)];
  }
  float level = levels_per_radian * ofp_phase(a.x, a.y) + whole;
  float2 direction = circle[ofp_bits(level) & (phases - 1)];
  a = float2{magnitude * direction.x, magnitude * direction.y};
  shown[i] = ofp_times(ofp_unless_bad(a, bad, place.pixel), plane, place.pixel);
}

__device__ __forceinline__ double ofp_quantised(double drive, int steps) {
  return steps == 0 ? drive : ofp_round(drive * steps) / steps;
}

// Requested amplitudes -> drives of the two channels: I and Q, or amplitude and phase in turns.
OFP_KERNEL set_drives(const float2 *requested, float2 *drives, int pixels, int iq, int phase_only,
                      int amplitude_only, int steps, int levels) {
  Place place = ofp_place(pixels);
  if (place.outside) {
    return;
  }
  long i = place.index;
  double re = requested[i].x;
  double im = requested[i].y;
  double magnitude = ofp_sqrt(re * re + im * im);
  if (iq) {
    double clamp = magnitude > 1 ? 1 / magnitude : 1;
    drives[i] =
        float2{(float)ofp_quantised(re * clamp, steps), (float)ofp_quantised(im * clamp, steps)};
    return;
  }
  double turns = 0;
  if (!amplitude_only) {
    turns = ofp_atan2(im, re) / 6.283185307179586;
    if (levels == 0) {
      turns = turns < 0 ? turns + 1 : turns;
      turns = turns >= 1 ? 0 : turns;
    } else {
      // As Java's Math.round: halves go up.
      long level = (long)ofp_floor(turns * levels + 0.5) % levels;
      turns = (double)(level < 0 ? level + levels : level) / levels;
    }
  }
  double amplitude = phase_only ? 1 : ofp_quantised(magnitude > 1 ? 1 : magnitude, steps);
  drives[i] = float2{(float)amplitude, (float)turns};
}

// Multiplies spectra of drives by the crosstalk's transfer and the transform's scale.
OFP_KERNEL blur(float2 *spectra, int rows, int cols, const float *row_transfer,
                const float *col_transfer, float scale) {
  Place place = ofp_place(rows * cols);
  if (place.outside) {
    return;
  }
  long i = place.index;
  float factor = row_transfer[place.pixel / cols] * col_transfer[place.pixel % cols];
  spectra[i].x = spectra[i].x * scale * factor;
  spectra[i].y = spectra[i].y * scale * factor;
}

// Multiplies all values.
OFP_KERNEL scale_values(float *values, long n, float scale) {
  long i = ofp_index();
  if (i < n) {
    values[i] *= scale;
  }
}

// One frame: each drive of the panel relaxes towards what it is asked for, outside the window
// towards blank.
OFP_KERNEL settle(float2 *drives, int rows, int cols, float2 *state, int panel_rows, int panel_cols,
                  int top, int left, float share) {
  long i = ofp_index();
  if (i >= (long)panel_rows * panel_cols) {
    return;
  }
  int row = (int)(i / panel_cols) - top;
  int col = (int)(i % panel_cols) - left;
  float2 s = state[i];
  if (row >= 0 && row < rows && col >= 0 && col < cols) {
    long at = (long)row * cols + col;
    s.x += share * (drives[at].x - s.x);
    s.y += share * (drives[at].y - s.y);
    drives[at] = s;
  } else {
    s.x -= share * s.x;
    s.y -= share * s.y;
  }
  state[i] = s;
}

// What a channel shows for a drive: drive^gamma, or a table with linear interpolation.
__device__ __forceinline__ double ofp_response(double drive, const double *table, int length,
                                               double gamma) {
  double x = drive < 0 ? 0 : drive > 1 ? 1 : drive;
  if (table == nullptr) {
    return gamma == 1 ? x : ofp_pow(x, gamma);
  }
  double at = x * (length - 1);
  int cell = (int)at;
  cell = cell > length - 2 ? length - 2 : cell;
  return table[cell] + (at - cell) * (table[cell + 1] - table[cell]);
}

// Drives -> displayed amplitudes.
OFP_KERNEL show_drives(const float2 *drives, float2 *shown, int pixels, int iq, int phase_only,
                       const double *amplitude_table, int amplitude_length, double amplitude_gamma,
                       const double *phase_table, int phase_length, double phase_gamma,
                       double range, double contrast_floor, const float2 *bad,
                       const float2 *plane) {
  Place place = ofp_place(pixels);
  if (place.outside) {
    return;
  }
  long i = place.index;
  double first = drives[i].x;
  double second = drives[i].y;
  double re, im;
  if (iq) {
    re = ofp_sign(ofp_response(ofp_abs(first), amplitude_table, amplitude_length, amplitude_gamma),
                  first);
    im = ofp_sign(ofp_response(ofp_abs(second), amplitude_table, amplitude_length, amplitude_gamma),
                  second);
    if (contrast_floor > 0) {
      double magnitude = ofp_sqrt(re * re + im * im);
      double floored = contrast_floor + (1 - contrast_floor) * magnitude;
      re = magnitude == 0 ? floored : re * floored / magnitude;
      im = magnitude == 0 ? 0 : im * floored / magnitude;
    }
  } else {
    double magnitude = phase_only
                           ? 1
                           : contrast_floor + (1 - contrast_floor) *
                                                  ofp_response(first, amplitude_table,
                                                               amplitude_length, amplitude_gamma);
    // A linear response is not clamped: what crosstalk blurs beyond the range stays phase.
    bool linear = phase_table == nullptr && phase_gamma == 1;
    double angle =
        range * (linear ? second : ofp_response(second, phase_table, phase_length, phase_gamma));
    double sine, cosine;
    ofp_sincos(angle, &sine, &cosine);
    re = magnitude * cosine;
    im = magnitude * sine;
  }
  float2 a = ofp_unless_bad(float2{(float)re, (float)im}, bad, place.pixel);
  shown[i] = ofp_times(a, plane, place.pixel);
}

// Light that leaves the modulator's plane, apart from the displayed frames, which stay.
OFP_KERNEL multiply_plane(const float2 *frames, float2 *light, int pixels, const float2 *plane) {
  Place place = ofp_place(pixels);
  if (!place.outside) {
    light[place.index] = ofp_times(frames[place.index], plane, place.pixel);
  }
}
