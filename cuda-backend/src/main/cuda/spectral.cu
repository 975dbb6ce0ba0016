// SPDX-License-Identifier: Apache-2.0
//
// Convolutions between the transforms: fields to frames and counts to fields (DeviceFrames), maps
// to fields and back (FieldTiles), spectra of fields to those of planes and back (SpectraLayout).
// The order of every sum and every rounding is that of the host's classes named beside the kernels.
#include "ofp.cuh"

// Lanes of FrameEncoding: it adds up values that lie 1024 apart, which are 512 pixels.
#define LANES 512

__device__ __forceinline__ bool finite(float x) { return ofp_abs(x) <= 3.4028234663852886e38f; }

// One frame's values less the mean, times the weights: what is shown but for the scale.
struct Shown {
  const float2 *z;
  const float *rowWeights;
  const float *colWeights;
  int cols;
  float meanRe, meanIm;
  bool weighed, withoutFirst;

  __device__ __forceinline__ float2 at(int p) const {
    float2 v = z[p];
    if (withoutFirst && p == 0) {
      v.x = 0;
      v.y = 0;
    }
    v.x -= meanRe;
    v.y -= meanIm;
    if (weighed) {
      float weight = rowWeights[p / cols] * colWeights[p % cols];
      v.x *= weight;
      v.y *= weight;
    }
    return v;
  }

  // Where a float's range would do, a double is wanted: unless weighed, not even the mean has been
  // rounded away.
  __device__ __forceinline__ void at(int p, double *re, double *im) const {
    if (weighed || (withoutFirst && p == 0)) {
      float2 v = at(p);
      *re = v.x;
      *im = v.y;
    } else {
      *re = (double)z[p].x - meanRe;
      *im = (double)z[p].y - meanIm;
    }
  }
};

// The sum of every fourth lane from the first on.
__device__ __forceinline__ double chain(const float *lanes, int first, int n) {
  double sum = 0;
  for (int j = first; j < n; j += 4) sum += lanes[j];
  return sum;
}

__device__ __forceinline__ double joined(const double *chains) {
  return chains[0] + chains[1] + (chains[2] + chains[3]);
}

// FrameEncoding.mean, carefulMean: of real parts, or with part = 1 of imaginary ones.
__device__ __forceinline__ float mean(const float2 *z, int part, int pixels, double sum) {
  const float *v = (const float *)z + part;
  float mean = (float)(v[0] + 2 * sum / (2 * pixels));
  if (finite(mean)) return mean;
  double all = 0;
  for (int p = 0; p < pixels; p++) all += v[2 * p];
  return (float)(2 * all / (2 * pixels));
}

// FrameEncoding.encodeExtreme up to its scale.
__device__ __forceinline__ void measureExtreme(const Shown &shown, int pixels, double *scale, double *energy) {
  double most = 0;
  double sum = 0;
  for (int p = 0; p < pixels; p++) {
    double re, im;
    shown.at(p, &re, &im);
    double power = re * re + im * im;
    if (power > most || power != power) most = power;
    sum += power;
  }
  *scale = ofp_sqrt(most);
  *energy = sum;
}

__device__ __forceinline__ void tell(double *fact, double heldRe, double heldIm, double scale,
                                     double norm) {
  fact[0] = heldRe;
  fact[1] = heldIm;
  fact[2] = scale;
  fact[3] = norm;
}

// FrameEncoding.encode, what it tells of a frame: a block of at least min(pixels, 512) threads for
// each, a lane each. The factor is for `scale`; 0 where it is to divide in doubles.
OFP_KERNEL measure(const float2 *fields, double *facts, float *factors, const float *rowWeights,
                   const float *colWeights, int pixels, int cols, int holds, int weighed,
                   int inverse) {
  __shared__ float first[LANES];
  __shared__ float second[LANES];
  __shared__ int most[4];
  __shared__ double chains[8];
  __shared__ float held[2];
  int t = OFP_THREAD;
  int lanes = pixels < LANES ? pixels : LANES;
  const float2 *z = fields + (long)OFP_BLOCK * pixels;
  double *fact = facts + 4 * (long)OFP_BLOCK;

  if (holds && inverse) {
    if (t == 0) {
      held[0] = z[0].x;
      held[1] = z[0].y;
    }
  } else if (holds) {
    if (t < lanes) {
      float2 from = z[0];
      float re = 0;
      float im = 0;
      for (int p = t; p < pixels; p += LANES) {
        re += z[p].x - from.x;
        im += z[p].y - from.y;
      }
      first[t] = re;
      second[t] = im;
    }
    ofp_barrier();
    if (t < 8) chains[t] = chain(t < 4 ? first : second, t & 3, lanes);
    ofp_barrier();
    if (t < 2) held[t] = mean(z, t, pixels, joined(chains + 4 * t));
  } else if (t < 2) {
    held[t] = 0;
  }
  ofp_barrier();
  float heldRe = held[0];
  float heldIm = held[1];
  if (!finite(heldRe) || !finite(heldIm)) {
    if (t == 0) tell(fact, 0, 0, ofp_double(0x7ff8000000000000L), 0);
    return;
  }

  Shown shown;
  shown.z = z;
  shown.rowWeights = rowWeights;
  shown.colWeights = colWeights;
  shown.cols = cols;
  shown.meanRe = inverse ? 0 : heldRe;
  shown.meanIm = inverse ? 0 : heldIm;
  shown.weighed = weighed;
  shown.withoutFirst = holds && inverse;
  if (t < lanes) {
    int greatest = 0;
    float sum = 0;
    // Backwards, as the host does.
    for (int p = (pixels - 1) / LANES * LANES + t; p >= 0; p -= LANES) {
      if (p < pixels) {
        float2 v = shown.at(p);
        float power = v.x * v.x + v.y * v.y;
        // In the order of the magnitudes, and a NaN above all.
        int bits = ofp_bits(power) & 0x7fffffff;
        // A square that is lost is not yet darkness, of which there is nothing to measure.
        bits = bits == 0 && (v.x != 0 || v.y != 0) ? 1 : bits;
        greatest = bits > greatest ? bits : greatest;
        sum += power;
      }
    }
    first[t] = sum;
    second[t] = ofp_float(greatest);
  }
  ofp_barrier();
  if (t < 4) {
    chains[t] = chain(first, t, lanes);
    int greatest = 0;
    for (int j = t; j < lanes; j += 4) {
      int bits = ofp_bits(second[j]);
      greatest = bits > greatest ? bits : greatest;
    }
    most[t] = greatest;
  }
  ofp_barrier();
  double energy = joined(chains);
  int a = most[0] > most[1] ? most[0] : most[1];
  int b = most[2] > most[3] ? most[2] : most[3];
  float power = ofp_float(a > b ? a : b);
  if (t != 0) return;
  double scale = 0;
  float factor = 0;
  // Below 2^-100 the squares of floats lose digits.
  if (power >= 7.888609052210118e-31f && energy <= 3.4028234663852886e38) {
    float headroom = 1.00000047683715820312f * ofp_sqrt(power);
    factor = 1 / headroom;
    scale = headroom;
  } else if (power != 0) {
    measureExtreme(shown, pixels, &scale, &energy);
    if (!(scale < ofp_double(0x7ff0000000000000L))) {
      tell(fact, 0, 0, ofp_double(0x7ff8000000000000L), 0);
      return;
    }
  }
  factors[OFP_BLOCK] = factor;
  double norm = ofp_sqrt(energy) / (scale == 0 ? 1 : scale);
  tell(fact, heldRe, inverse ? -heldIm : heldIm, scale, norm);
}

// FrameEncoding.encode, what it shows: a thread for each sample of all fields that were measured.
OFP_KERNEL scale(float2 *fields, const double *facts, const float *factors, const float *rowWeights,
                 const float *colWeights, int samples, int pixels, int cols, int holds, int weighed,
                 int inverse) {
  int i = (int)ofp_index();
  if (i >= samples) return;
  int field = i / pixels;
  int p = i % pixels;
  const double *fact = facts + 4 * (long)field;
  double scale = fact[2];
  if (!(scale < ofp_double(0x7ff0000000000000L))) return;
  Shown shown;
  shown.z = fields + (long)field * pixels;
  shown.rowWeights = rowWeights;
  shown.colWeights = colWeights;
  shown.cols = cols;
  shown.meanRe = inverse ? 0 : (float)fact[0];
  shown.meanIm = inverse ? 0 : (float)fact[1];
  shown.weighed = weighed;
  shown.withoutFirst = holds && inverse;
  float factor = factors[field];
  float2 v;
  if (factor != 0) {
    v = shown.at(p);
    v.x *= factor;
    v.y *= inverse ? -factor : factor;
  } else {
    double divisor = scale == 0 ? 1 : scale;
    double re, im;
    shown.at(p, &re, &im);
    v.x = (float)(re / divisor);
    v.y = (float)(im / (inverse ? -divisor : divisor));
  }
  fields[i] = v;
}

// FieldReconstruction: a thread for each sample of all fields.
OFP_KERNEL reconstruct(const float *counts, const double *numbers, const float2 *rowFactors,
                       const float2 *colFactors, float2 *fields, int samples, int rows, int cols,
                       int fourStep, int inverse) {
  int i = (int)ofp_index();
  if (i >= samples) return;
  int pixels = rows * cols;
  int field = i / pixels;
  int p = i % pixels;
  int row = p / cols + rows / 2;
  int col = p % cols + cols / 2;
  row -= row < rows ? 0 : rows;
  col -= col < cols ? 0 : cols;
  const double *number = numbers + 4 * (long)field;
  float factor = (float)number[0];
  double rest = number[1];
  float addRe = (float)number[2];
  float addIm = (float)number[3];
  float2 out = {0, 0};
  if (factor != 0) {
    const float *count = counts + (long)field * (fourStep ? 4 : 2) * pixels + (row * cols + col);
    float x = count[0];
    float y = count[pixels];
    if (fourStep) {
      x -= count[2 * (long)pixels];
      y -= count[3 * (long)pixels];
    }
    float2 r = rowFactors[row];
    float2 c = colFactors[col];
    float re = r.x * c.x - r.y * c.y;
    float im = r.x * c.y + r.y * c.x;
    out.x = factor * (x * re - y * im);
    out.y = (inverse ? -factor : factor) * (x * im + y * re);
    if (rest != 1) {
      out.x = (float)(out.x * rest);
      out.y = (float)(out.y * rest);
    }
  }
  if (inverse ? addRe != 0 || addIm != 0 : p == 0) {
    out.x += addRe;
    out.y += addIm;
  }
  fields[i] = out;
}

// An axis of FieldTiles: size, step, advance, tiles, planes, the planes' offsets.
__device__ __forceinline__ int place(const int *axis, int plane, int tile, int sample) {
  return axis[5 + plane] + axis[1] * (axis[2] * tile + sample);
}

// Where a sample of a plane lies in the maps, or -1.
__device__ __forceinline__ long index(const int *rows, const int *cols, int channels, int image,
                                      int plane, int tile, int r, int c) {
  int across = cols[4];
  int down = rows[4];
  int row = place(rows, plane / across % down, tile / cols[3], r);
  int col = place(cols, plane % across, tile % cols[3], c);
  int channel = plane / (across * down);
  return row < 0 || row >= rows[0] || col < 0 || col >= cols[0] || channel >= channels
             ? -1
             : (((long)image * channels + channel) * rows[0] + row) * cols[0] + col;
}

// TileEncoder: a thread for each sample of all fields, of which the first is field `pair` of tile
// `tile` of image `image`.
OFP_KERNEL cut(const float *maps, float2 *fields, const int *rows, const int *cols, int channels,
               int samples, int pixels, int frameCols, int pairs, int image, int tile, int pair) {
  int i = (int)ofp_index();
  if (i >= samples) return;
  int p = i % pixels;
  int field = pair + i / pixels;
  int tiles = rows[3] * cols[3];
  tile += field / pairs;
  pair = field % pairs;
  image += tile / tiles;
  tile %= tiles;
  int r = p / frameCols;
  int c = p % frameCols;
  long a = index(rows, cols, channels, image, 2 * pair, tile, r, c);
  long b = index(rows, cols, channels, image, 2 * pair + 1, tile, r, c);
  float2 v;
  v.x = a < 0 ? 0 : maps[a];
  v.y = b < 0 ? 0 : maps[b];
  fields[i] = v;
}

// TileDecoder: a thread for each sample that may go to a map.
OFP_KERNEL paste(const float2 *fields, float *maps, const float *bias, const int *rows,
                 const int *cols, int channels, int samples, int pixels, int frameCols, int pairs,
                 int image, int tile, int pair) {
  int i = (int)ofp_index();
  if (i >= samples) return;
  int perField = rows[2] * cols[2];
  int p = i % perField;
  int r = p / cols[2];
  int c = p % cols[2];
  int field = i / perField;
  float2 v = fields[(long)field * pixels + r * frameCols + c];
  field += pair;
  int tiles = rows[3] * cols[3];
  tile += field / pairs;
  pair = field % pairs;
  image += tile / tiles;
  tile %= tiles;
  for (int part = 0; part < 2; part++) {
    int plane = 2 * pair + part;
    long to = index(rows, cols, channels, image, plane, tile, r, c);
    if (to >= 0) {
      float value = part == 0 ? v.x : v.y;
      float add = bias ? bias[plane / (rows[4] * cols[4])] : 0;
      maps[to] = add != 0 ? value + add : value;
    }
  }
}

// Fields have neighbouring frequencies side by side, spectra neighbouring tiles: what a block
// moves, 256 frequencies of so many tiles in all, goes by its shared memory, so that it is read and
// written in runs.
#define MOVED 256
#define MOST_TILES 8

struct Part {
  int frequencies, frequency, pair;
  long tile, field;
  bool mine;

  // The thread's part, with its frequency and its tile within the block.
  __device__ __forceinline__ Part(int rows, int cols, int pairs, long first, int n, int tiles,
                                  int f, int t) {
    int perBlock = MOVED / tiles;
    frequencies = rows * (cols / 2 + 1);
    int runs = (frequencies + perBlock - 1) / perBlock;
    int block = OFP_BLOCK;
    frequency = block % runs * perBlock + f;
    pair = block / runs % pairs;
    tile = (first / pairs / tiles + block / runs / pairs) * tiles + t;
    field = tile * pairs + pair - first;
    mine = frequency < frequencies && field >= 0 && field < n;
  }

  __device__ __forceinline__ long spectrum(int planes, int columns) const {
    return ((tile / columns * frequencies + frequency) * planes + 2 * pair) * columns +
           tile % columns;
  }
};

// Where a frequency and its negative lie in a field.
__device__ __forceinline__ void locate(int frequency, int rows, int cols, int *k, int *mirror) {
  int half = cols / 2 + 1;
  int r = frequency / half;
  int c = frequency % half;
  *k = r * cols + c;
  *mirror = (r == 0 ? 0 : rows - r) * cols + (c == 0 ? 0 : cols - c);
}

// ChannelPacking.unpack: blocks of 256 threads for each pair, run of frequencies, group of tiles.
OFP_KERNEL separate(const float2 *fields, float2 *spectra, int rows, int cols, int planes,
                    int columns, long first, int n, int tiles) {
  __shared__ float2 one[MOVED + MOST_TILES];
  __shared__ float2 two[MOVED + MOST_TILES];
  int pairs = (planes + 1) / 2;
  int perBlock = MOVED / tiles;
  int f = OFP_THREAD % perBlock;
  int t = OFP_THREAD / perBlock;
  Part from(rows, cols, pairs, first, n, tiles, f, t);
  if (from.mine) {
    int k, mirror;
    locate(from.frequency, rows, cols, &k, &mirror);
    const float2 *z = fields + from.field * rows * cols;
    float2 a = z[k];
    float2 b = z[mirror];
    float2 v;
    v.x = a.x + b.x;
    v.y = a.y - b.y;
    one[t * (perBlock + 1) + f] = v;
    v.x = a.y + b.y;
    v.y = b.x - a.x;
    two[t * (perBlock + 1) + f] = v;
  }
  ofp_barrier();
  f = OFP_THREAD / tiles;
  t = OFP_THREAD % tiles;
  Part to(rows, cols, pairs, first, n, tiles, f, t);
  if (to.mine) {
    float2 *x = spectra + to.spectrum(planes, columns);
    x[0] = one[t * (perBlock + 1) + f];
    if (2 * to.pair + 1 < planes) x[columns] = two[t * (perBlock + 1) + f];
  }
}

// ChannelPacking.pack, likewise.
OFP_KERNEL join(const float2 *spectra, float2 *fields, int rows, int cols, int planes, int columns,
                long first, int n, int tiles) {
  __shared__ float2 one[MOVED + MOST_TILES];
  __shared__ float2 two[MOVED + MOST_TILES];
  int pairs = (planes + 1) / 2;
  int perBlock = MOVED / tiles;
  int f = OFP_THREAD / tiles;
  int t = OFP_THREAD % tiles;
  Part from(rows, cols, pairs, first, n, tiles, f, t);
  if (from.mine) {
    const float2 *y = spectra + from.spectrum(planes, columns);
    float2 zero = {0, 0};
    one[t * (perBlock + 1) + f] = y[0];
    two[t * (perBlock + 1) + f] = 2 * from.pair + 1 < planes ? y[columns] : zero;
  }
  ofp_barrier();
  f = OFP_THREAD % perBlock;
  t = OFP_THREAD / perBlock;
  Part to(rows, cols, pairs, first, n, tiles, f, t);
  if (to.mine) {
    int k, mirror;
    locate(to.frequency, rows, cols, &k, &mirror);
    float2 *z = fields + to.field * rows * cols;
    float2 a = one[t * (perBlock + 1) + f];
    float2 b = two[t * (perBlock + 1) + f];
    float2 v;
    v.x = a.x - b.y;
    v.y = a.y + b.x;
    z[k] = v;
    // Columns 0 and C/2 hold both k and -k: each is written from its own half spectrum.
    int c = to.frequency % (cols / 2 + 1);
    if (c > 0 && 2 * c < cols) {
      v.x = a.x + b.y;
      v.y = b.x - a.y;
      z[mirror] = v;
    }
  }
}

// PairwiseSpectra.addProduct: a thread for each sample of all results, of which the first is number
// `first` of all tiles'.
OFP_KERNEL combine(const float *factors, const float2 *fields, float2 *results, int samples,
                   int rows, int cols, int pairs, int inputs, long first) {
  int i = (int)ofp_index();
  if (i >= samples) return;
  int pixels = rows * cols;
  int k = i % pixels;
  int r = k / cols;
  int c = k % cols;
  int mirror = (r == 0 ? 0 : rows - r) * cols + (c == 0 ? 0 : cols - c);
  int perTile = (pairs + inputs - 1) / inputs;
  long result = first + i / pixels;
  int from = (int)(result % perTile) * inputs;
  int to = from + inputs < pairs ? from + inputs : pairs;
  long start = first / perTile * pairs + first % perTile * inputs;
  const float2 *z = fields + (result / perTile * pairs + from - start) * pixels;
  float2 sum = {0, 0};
  for (int pair = from; pair < to; pair++, z += pixels) {
    const float *f = factors + 4 * (long)pair * pixels + k;
    float2 a = z[k];
    float2 b = z[mirror];
    float aRe = f[0];
    float aIm = f[pixels];
    float bRe = f[2 * (long)pixels];
    float bIm = f[3 * (long)pixels];
    b.y = -b.y;
    sum.x += aRe * a.x - aIm * a.y + (bRe * b.x - bIm * b.y);
    sum.y += aRe * a.y + aIm * a.x + (bRe * b.y + bIm * b.x);
  }
  results[i] = sum;
}
