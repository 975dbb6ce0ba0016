// SPDX-License-Identifier: Apache-2.0
//
// Stages 3 and 4 beside the transforms themselves, which are cuFFT's: the lens whose pattern is
// turned, magnified or distorted, the light of the gaps, and the power averaged over the detector's
// pixels.
#pragma once

#include "ofp.cuh"

__device__ __forceinline__ int ofp_mod(int x, int n) {
  int m = x % n;
  return m < 0 ? m + n : m;
}

// Coefficients, divided by the kernel's transform, to a grid of zeros, origin at [0,0].
OFP_KERNEL spread(const float2 *coefficients, float2 *grid, int rows, int cols, int grid_rows,
                  int grid_cols, const float *row_weights, const float *col_weights) {
  Place place = ofp_place(rows * cols);
  if (place.outside) {
    return;
  }
  int pixel = place.pixel;
  long frame = place.frame;
  int p = pixel / cols;
  int q = pixel % cols;
  float weight = row_weights[p] * col_weights[q];
  long to = (frame * grid_rows + ofp_mod(p - rows / 2, grid_rows)) * grid_cols +
            ofp_mod(q - cols / 2, grid_cols);
  grid[to] = float2{weight * coefficients[place.index].x, weight * coefficients[place.index].y};
}

// The sum over 8x8 neighbours in the transformed grid at each of the detector's pixels.
__device__ __forceinline__ float2 ofp_interpolate(const float2 *grid, int grid_rows, int grid_cols,
                                                  int pixel, const int *row_first,
                                                  const float *row_weights, const int *col_first,
                                                  const float *col_weights, float scale) {
  float re = 0;
  float im = 0;
  for (int a = 0; a < 8; a++) {
    int row = row_first[pixel] + a;
    row = row < grid_rows ? row : row - grid_rows;
    float line_re = 0;
    float line_im = 0;
    for (int b = 0; b < 8; b++) {
      int col = col_first[pixel] + b;
      col = col < grid_cols ? col : col - grid_cols;
      float weight = col_weights[8 * (long)pixel + b];
      float2 value = grid[(long)row * grid_cols + col];
      line_re += weight * (scale * value.x);
      line_im += weight * (scale * value.y);
    }
    float weight = row_weights[8 * (long)pixel + a];
    re += weight * line_re;
    im += weight * line_im;
  }
  return float2{re, im};
}

// The field at the detector's pixels; the lens's 1/i is here.
OFP_KERNEL look(const float2 *grids, float2 *fields, int pixels, int grid_rows, int grid_cols,
                const int *row_first, const float *row_weights, const int *col_first,
                const float *col_weights, const float *weights, float unitary, float scale) {
  Place place = ofp_place(pixels);
  if (place.outside) {
    return;
  }
  const float2 *grid = grids + (long)place.frame * grid_rows * grid_cols;
  float2 sum = ofp_interpolate(grid, grid_rows, grid_cols, place.pixel, row_first, row_weights,
                               col_first, col_weights, scale);
  float weight = unitary * weights[place.pixel];
  fields[place.index] = float2{weight * sum.y, -weight * sum.x};
}

// The DFT in its own order -> the field as the detector sees it, see LensFactors.
__device__ __forceinline__ float2 ofp_centred(const float2 *spectrum, int rows, int cols, int pixel,
                                              const float2 *row_factors, const float2 *col_factors,
                                              float scale) {
  int row = pixel / cols - rows / 2;
  int col = pixel % cols - cols / 2;
  row = row < 0 ? row + rows : row;
  col = col < 0 ? col + cols : col;
  float2 f = spectrum[(long)row * cols + col];
  float2 r = row_factors[row];
  float2 c = col_factors[col];
  float cosine = r.x * c.x + -r.y * c.y;
  float sine = r.x * c.y + r.y * c.x;
  f.x *= scale;
  f.y *= scale;
  return float2{f.x * cosine - f.y * sine, f.x * sine + f.y * cosine};
}

// Spectra -> fields, once per bench: the light of the gaps.
OFP_KERNEL centre(const float2 *spectra, float2 *fields, int rows, int cols,
                  const float2 *row_factors, const float2 *col_factors, float scale) {
  Place place = ofp_place(rows * cols);
  if (place.outside) {
    return;
  }
  long pixels = (long)rows * cols;
  fields[place.index] = ofp_centred(spectra + place.frame * pixels, rows, cols, place.pixel,
                                    row_factors, col_factors, scale);
}

// Multiplies frames of complex values by real weights.
OFP_KERNEL weigh(float2 *values, int pixels, const float *weights, float scale) {
  Place place = ofp_place(pixels);
  if (place.outside) {
    return;
  }
  float weight = weights[place.pixel];
  values[place.index].x = scale * values[place.index].x * weight;
  values[place.index].y = scale * values[place.index].y * weight;
}

// A frame in the middle of one with twice its sides, which holds zeros, its axis at [0,0].
OFP_KERNEL pad(const float2 *frames, float2 *grids, int rows, int cols) {
  Place place = ofp_place(rows * cols);
  if (place.outside) {
    return;
  }
  int pixel = place.pixel;
  long frame = place.frame;
  long to = (frame * 2 * rows + ofp_mod(pixel / cols - rows / 2, 2 * rows)) * 2 * cols +
            ofp_mod(pixel % cols - cols / 2, 2 * cols);
  grids[to] = frames[place.index];
}

// Field at half pitch -> its power.
OFP_KERNEL square(float2 *grids, int rows, int cols, const float *row_weights,
                  const float *col_weights, const float2 *gap_light, float scale) {
  Place place = ofp_place(rows * cols);
  if (place.outside) {
    return;
  }
  int at = place.pixel;
  float weight = row_weights[at / cols] * col_weights[at % cols];
  float re = weight * (scale * grids[place.index].x);
  float im = weight * (scale * grids[place.index].y);
  if (gap_light != nullptr) {
    re += gap_light[at].x;
    im += gap_light[at].y;
  }
  grids[place.index] = float2{re * re + im * im, 0};
}

// Coefficients of the power times the pixel's transfer.
__device__ __forceinline__ float2 ofp_transferred(const float2 *grid, int row, int col, int cols,
                                                  const float *row_transfer,
                                                  const float *col_transfer, float scale) {
  float factor = row_transfer[row] * col_transfer[col];
  float2 value = grid[(long)row * cols + col];
  return float2{scale * value.x * factor, scale * value.y * factor};
}

// The same, folded to the frame's size.
OFP_KERNEL fold(const float2 *grids, float2 *folded, int rows, int cols, const float *row_transfer,
                const float *col_transfer, float scale) {
  Place place = ofp_place(rows * cols);
  if (place.outside) {
    return;
  }
  long pixels = (long)rows * cols;
  const float2 *grid = grids + place.frame * 4 * pixels;
  int row = place.pixel / cols;
  int col = place.pixel % cols;
  float2 sum = float2{0, 0};
  for (int k = 0; k < 4; k++) {
    float2 value = ofp_transferred(grid, row + k / 2 * rows, col + k % 2 * cols, 2 * cols,
                                   row_transfer, col_transfer, scale);
    sum.x += value.x;
    sum.y += value.y;
  }
  folded[place.index] = sum;
}

// Its transform, in the detector's order; rounding may go below darkness.
OFP_KERNEL centre_power(const float2 *folded, float *powers, int rows, int cols, float scale) {
  Place place = ofp_place(rows * cols);
  if (place.outside) {
    return;
  }
  long pixels = (long)rows * cols;
  int row = place.pixel / cols - rows / 2;
  int col = place.pixel % cols - cols / 2;
  row = row < 0 ? row + rows : row;
  col = col < 0 ? col + cols : col;
  float value = scale * folded[place.frame * pixels + (long)row * cols + col].x;
  powers[place.index] = ofp_most(value / 2, 0);
}

// Coefficients of the power with their origin in the middle, for the sum between the bins.
OFP_KERNEL middle(const float2 *grids, float2 *centred, int rows, int cols,
                  const float *row_transfer, const float *col_transfer, float scale) {
  Place place = ofp_place(rows * cols);
  if (place.outside) {
    return;
  }
  long size = (long)rows * cols;
  int row = place.pixel / cols;
  int col = place.pixel % cols;
  long to = place.frame * size + (long)((row + rows / 2) % rows) * cols + (col + cols / 2) % cols;
  centred[to] = ofp_transferred(grids + place.frame * size, row, col, cols, row_transfer,
                                col_transfer, scale);
}

// The power at the detector's pixels.
OFP_KERNEL look_power(const float2 *grids, float *powers, int pixels, int grid_rows, int grid_cols,
                      const int *row_first, const float *row_weights, const int *col_first,
                      const float *col_weights, const float *amplitudes, float unitary,
                      float scale) {
  Place place = ofp_place(pixels);
  if (place.outside) {
    return;
  }
  const float2 *grid = grids + (long)place.frame * grid_rows * grid_cols;
  float2 sum = ofp_interpolate(grid, grid_rows, grid_cols, place.pixel, row_first, row_weights,
                               col_first, col_weights, scale);
  float amplitude = amplitudes[place.pixel];
  powers[place.index] = ofp_most(sum.x * (unitary * amplitude * amplitude), 0);
}
