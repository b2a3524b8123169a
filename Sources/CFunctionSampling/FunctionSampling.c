#include "CFunctionSampling.h"

#include <string.h>

// A product and a sum are fused where the code says so and nowhere else: the compiler would do it on some
// processors only.
#pragma STDC FP_CONTRACT OFF
// Vectors are passed between functions that are all inlined: how they would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES 16
#define HALF (LANES / 2)

typedef float Floats __attribute__((ext_vector_type(LANES), aligned(4)));
typedef int32_t Integers __attribute__((ext_vector_type(LANES), aligned(4)));
typedef _Bool Bits __attribute__((ext_vector_type(LANES)));
typedef float Half __attribute__((ext_vector_type(HALF), aligned(4)));
typedef int32_t HalfIntegers __attribute__((ext_vector_type(HALF)));
typedef _Bool HalfBits __attribute__((ext_vector_type(HALF)));
typedef uint64_t Mask __attribute__((aligned(4)));

#define INLINE static inline __attribute__((always_inline))

INLINE Floats fma16(Floats a, Floats b, Floats c) { return __builtin_elementwise_fma(a, b, c); }

// MARK: The network
//
// Inputs go in pairs, one without the highest bit and one with it, and units in groups of eight: a vector
// holds eight units on the lower input and the same eight on the upper one. So what is zero on all inputs
// worked on together, as four units of ten are on two inputs after a rectifier, can be left out: it would add
// nothing to any sum.

// The pairs of inputs, rounded up to whole blocks of eight: those beyond 2^n repeat others and are dropped at
// the end.
static int32_t padded_pairs(const SampledNetwork *network) {
  const int32_t pairs = 1 << (network->variables - 1);
  return pairs < HALF ? HALF : pairs;
}

static int32_t unit_groups(int32_t units) { return (units + HALF - 1) / HALF; }

static int64_t parameters(const SampledNetwork *network) {
  int64_t count = 0, inputs = network->variables;
  for (int32_t layer = 0; layer < network->layers; layer++) {
    count += (inputs + 1) * network->widths[layer];
    inputs = network->widths[layer];
  }
  return count + inputs + 1;
}

int64_t sampling_groups(const SampledNetwork *network) {
  return (parameters(network) + NORMAL_GROUP - 1) / NORMAL_GROUP;
}

static int32_t largest_width(const SampledNetwork *network) {
  int32_t width = 1;
  for (int32_t layer = 0; layer < network->layers; layer++)
    if (network->widths[layer] > width) width = network->widths[layer];
  return width;
}

// The outputs of a layer on all inputs.
static int64_t outputs_size(const SampledNetwork *network) {
  return (int64_t)padded_pairs(network) * unit_groups(largest_width(network)) * LANES;
}

// A layer's weights and biases, input by input, in whole vectors.
static int64_t columns_size(const SampledNetwork *network) {
  const int64_t width = largest_width(network);
  const int64_t depth = width < network->variables ? network->variables : width;
  return ((depth + 1) * unit_groups((int32_t)width) + 1) / 2 * LANES;
}

static int32_t mask_words(int32_t units) { return (unit_groups(units) + 7) / 8; }

int64_t sampling_workspace_size(const SampledNetwork *network) {
  const int64_t masks = (int64_t)padded_pairs(network) * mask_words(largest_width(network));
  return sampling_groups(network) * NORMAL_GROUP + columns_size(network) + 2 * outputs_size(network) +
      2 * masks;
}

INLINE Floats positive_part(Floats x) { return x > 0 ? x : (Floats)0; }

INLINE Floats twice(const float *eight) {
  const Half x = *(const Half *)eight;
  return __builtin_shufflevector(x, x, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
}

// Turns the lower halves of eight rows into columns, and the upper ones: lane r of column c is lane c of
// row r.
INLINE void transpose(const float *const rows[HALF], Floats columns[HALF]) {
#pragma clang loop unroll(full)
  for (int part = 0; part < 2; part++) {
    Floats x[4];
#pragma clang loop unroll(full)
    for (int r = 0; r < 4; r++) {
      const Floats one = *(const Floats *)rows[r], other = *(const Floats *)rows[r + 4];
      x[r] = part == 0
          ? __builtin_shufflevector(one, other, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27)
          : __builtin_shufflevector(one, other, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
    }
#define LOWER(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define UPPER(a, b) __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define EVEN(a, b) __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define ODD(a, b) __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
    const Floats a = LOWER(x[0], x[1]), b = LOWER(x[2], x[3]), c = UPPER(x[0], x[1]), d = UPPER(x[2], x[3]);
    columns[4 * part] = EVEN(a, b);
    columns[4 * part + 1] = ODD(a, b);
    columns[4 * part + 2] = EVEN(c, d);
    columns[4 * part + 3] = ODD(c, d);
#undef LOWER
#undef UPPER
#undef EVEN
#undef ODD
  }
}

// The parameters of a layer as it takes them: for each input the weights of all units, then the biases, each
// times its deviation. Units are rounded up to whole groups with zeros. Up to 15 floats beyond the weights
// are read.
INLINE void by_input(
    const float *weights, int32_t depth, int32_t units, float weightDeviation, float biasDeviation,
    float *columns) {
  static const float zeros[LANES] = {0};
  const int32_t stride = unit_groups(units) * HALF;
  for (int32_t unit = 0; unit < units; unit += HALF)
    for (int32_t k = 0; k < depth; k += LANES) {
      const float *rows[HALF];
#pragma clang loop unroll(full)
      for (int r = 0; r < HALF; r++)
        rows[r] = unit + r < units ? weights + (int64_t)(unit + r) * depth + k : zeros;
      Floats turned[HALF];
      transpose(rows, turned);
      float *place = columns + (int64_t)k * stride + unit;
#pragma clang loop unroll(full)
      for (int c = 0; c < HALF; c++) {
        const Floats scaled = turned[c] * (Floats)weightDeviation;
        if (k + c < depth) *(Half *)(place + c * stride) = scaled.lo;
        if (k + HALF + c < depth) *(Half *)(place + (HALF + c) * stride) = scaled.hi;
      }
    }
  const float *biases = weights + (int64_t)units * depth;
  float *place = columns + (int64_t)depth * stride;
  for (int32_t unit = 0; unit < stride; unit++) place[unit] = unit < units ? biases[unit] * biasDeviation : 0;
}

// The first layer. Its inputs are 0 and 1, so that no product is needed: each input with a further bit is one
// sum away from the one without it. The sum goes from the lowest bit of the input to the highest.
INLINE void first_layer(
    const float *columns, int32_t variables, int32_t groups, int32_t pairs, float *output) {
  const int32_t stride = groups * HALF;
  for (int32_t group = 0; group < groups; group++, columns += HALF) {
    Half z[64];
    z[0] = *(const Half *)(columns + variables * stride);
    for (int32_t bit = 0; 1 << bit < pairs; bit++) {
      const Half w =
          bit < variables - 1 ? *(const Half *)(columns + (variables - 1 - bit) * stride) : (Half)0;
      for (int32_t p = 0; p < 1 << bit; p++) z[p | 1 << bit] = z[p] + w;
    }
    const Half highest = *(const Half *)columns;
    for (int32_t p = 0; p < pairs; p++) {
      Floats both;
      both.lo = z[p];
      both.hi = z[p] + highest;
      *(Floats *)(output + (int64_t)(p * groups + group) * LANES) = positive_part(both);
    }
  }
}

// Which units of a layer are above zero on any of `together` neighbouring pairs of inputs: for each such set
// a bit for every unit, from the lowest on. They are found before they are used, because the products of one
// set then do not wait for them.
INLINE void find_active(
    const float *outputs, int32_t units, int32_t pairs, Mask *active, const int together) {
  const int32_t groups = unit_groups(units);
  for (int32_t p = 0; p < pairs; p += together)
    for (int32_t first = 0; first < groups; first += 8) {
      uint64_t word = 0;
      for (int32_t group = first; group < first + 8 && group < groups; group++) {
        HalfIntegers any = 0;
#pragma clang loop unroll(full)
        for (int t = 0; t < together; t++) {
          const int64_t place = ((int64_t)(p + t) * groups + group) * LANES;
          const Integers both = (Integers)*(const Floats *)(outputs + place);
          any |= both.lo | both.hi;
        }
        const HalfBits isActive = __builtin_convertvector(any != 0, HalfBits);
        uint8_t bits;
        memcpy(&bits, &isActive, sizeof bits);
        word |= (uint64_t)bits << (HALF * (group - first));
      }
      *active++ = word;
    }
}

// `vectors` groups of units on `together` neighbouring pairs of inputs: each sum starts at the bias and goes
// through the active units below in order.
INLINE void tile(
    const float *columns, int32_t depth, int32_t stride, const float *input, const Mask *active,
    float *output, const int vectors, const int together) {
  const int64_t row = (int64_t)unit_groups(depth) * LANES, outputRow = 2 * (int64_t)stride;
  // With a mask that it does not know the compiler joins two inputs by a masked load. Else it takes a
  // shuffle, which keeps a product waiting.
  const volatile uint16_t upperHalf = 0xFF00;
  const uint16_t upperBits = upperHalf;
  Bits isUpper;
  memcpy(&isUpper, &upperBits, sizeof isUpper);
  Floats sums[4][5];
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) {
    const Floats bias = twice(columns + (int64_t)depth * stride + v * HALF);
#pragma clang loop unroll(full)
    for (int t = 0; t < together; t++) sums[t][v] = bias;
  }
  const int32_t words = mask_words(depth);
  for (int32_t word = 0; word < words; word++, input += 8 * LANES, columns += 64 * (int64_t)stride)
    for (uint64_t left = active[word]; left; left &= left - 1) {
      const int32_t k = __builtin_ctzll(left);
      Floats x[4];
#pragma clang loop unroll(full)
      for (int t = 0; t < together; t++) {
        const float *place = input + t * row + k + (k & -HALF);
        const Floats lower = (Floats)place[0], upper = (Floats)place[HALF];
        x[t] = together == 1
            ? __builtin_shufflevector(lower, upper, 0, 1, 2, 3, 4, 5, 6, 7, 24, 25, 26, 27, 28, 29, 30, 31)
            : (__builtin_convertvector(isUpper, Integers) != 0) ? upper : lower;
      }
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) {
        const Floats w = twice(columns + k * stride + v * HALF);
#pragma clang loop unroll(full)
        for (int t = 0; t < together; t++) sums[t][v] = fma16(w, x[t], sums[t][v]);
      }
    }
#pragma clang loop unroll(full)
  for (int t = 0; t < together; t++)
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++)
      *(Floats *)(output + t * outputRow + v * LANES) = positive_part(sums[t][v]);
}

INLINE void dense_layer(
    const float *columns, int32_t depth, int32_t units, const float *input, int32_t pairs, Mask *active,
    float *output, const int together) {
  const int32_t groups = unit_groups(units), groupsBelow = unit_groups(depth);
  find_active(input, depth, pairs, active, together);
  for (int32_t p = 0; p < pairs; p += together, active += mask_words(depth))
    for (int32_t group = 0; group < groups;) {
      const int32_t left = groups - group;
#define TILE(count)                                                                                          \
  tile(columns + group * HALF, depth, groups * HALF, input + (int64_t)p * groupsBelow * LANES, active,       \
       output + (int64_t)(p * groups + group) * LANES, count, together);                                     \
  group += count
      if (left >= 5) {
        TILE(5);
      } else if (left >= 3) {
        TILE(3);
      } else {
        TILE(1);
      }
#undef TILE
    }
}

// The logits, and from them the function. Lane l of a block is input p + l, and lane 8 + l the same with the
// highest bit.
INLINE void read_out(
    const float *weights, float weightDeviation, float bias, int32_t depth, const float *input,
    int32_t variables, int32_t pairs, uint64_t *function) {
  const int32_t groups = unit_groups(depth);
  uint64_t without = 0, with = 0;
  for (int32_t p = 0; p < pairs; p += HALF) {
    Floats logits = 0;
    for (int32_t group = 0; group < groups; group++) {
      const float *rows[HALF];
#pragma clang loop unroll(full)
      for (int r = 0; r < HALF; r++) rows[r] = input + (int64_t)((p + r) * groups + group) * LANES;
      Floats outputs[HALF];
      transpose(rows, outputs);
#pragma clang loop unroll(full)
      for (int unit = 0; unit < HALF; unit++)
        if (group * HALF + unit < depth)
          logits = fma16((Floats)(weights[group * HALF + unit] * weightDeviation), outputs[unit], logits);
    }
    const Bits isPositive = __builtin_convertvector(logits + (Floats)bias >= 0, Bits);
    uint16_t bits;
    memcpy(&bits, &isPositive, sizeof bits);
    without |= (uint64_t)(bits & 0xFF) << p;
    with |= (uint64_t)(bits >> 8) << p;
  }
  const int32_t half = 1 << (variables - 1);
  if (half == 64) {
    function[0] = without;
    function[1] = with;
  } else {
    const uint64_t inputs = (1ull << half) - 1;
    function[0] = (without & inputs) | (with & inputs) << half;
    function[1] = 0;
  }
}

INLINE void function_of(
    const SampledNetwork *network, const float *parameters, float *workspace, uint64_t *function,
    const int together) {
  const int32_t variables = network->variables, pairs = padded_pairs(network);
  float *columns = workspace;
  float *below = columns + columns_size(network), *above = below + outputs_size(network);
  Mask *active = (Mask *)(above + outputs_size(network));
  int32_t depth = variables;
  for (int32_t layer = 0; layer < network->layers; layer++) {
    const int32_t units = network->widths[layer];
    by_input(parameters, depth, units, network->weightDeviations[layer], network->biasDeviation, columns);
    if (layer == 0) {
      first_layer(columns, variables, unit_groups(units), pairs, above);
    } else {
      dense_layer(columns, depth, units, below, pairs, active, above, together);
    }
    float *swap = below;
    below = above;
    above = swap;
    parameters += (int64_t)(depth + 1) * units;
    depth = units;
  }
  read_out(
      parameters, network->weightDeviations[network->layers], parameters[depth] * network->biasDeviation,
      depth, below, variables, pairs, function);
}

INLINE void functions_of(
    NormalArithmetic arithmetic, const NormalStream *stream, const SampledNetwork *network, uint64_t first, int64_t count,
    float *workspace, uint64_t *functions, const int together) {
  const int64_t groups = sampling_groups(network);
  for (int64_t i = 0; i < count; i++) {
    random_normals(arithmetic, stream, (first + (uint64_t)i) * (uint64_t)groups, groups, workspace);
    function_of(network, workspace, workspace + groups * NORMAL_GROUP, functions + 2 * i, together);
  }
}

// MARK: One version for each instruction set

// Pairs of inputs worked on together. With five groups of units their sums and what those need fill the
// registers: sixteen of 8 floats, or thirty-two of 16.
#define NARROW 1
#define BROAD 4

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
#define AVX512 __attribute__((target("avx2,fma,avx512f,avx512dq,avx512bw,avx512vl"), min_vector_width(512)))

AVX2 static void functions_avx2(
    const NormalStream *stream, const SampledNetwork *network, uint64_t first, int64_t count, float *workspace,
    uint64_t *functions) {
  functions_of(NormalArithmeticAVX2, stream, network, first, count, workspace, functions, NARROW);
}

AVX512 static void functions_avx512(
    const NormalStream *stream, const SampledNetwork *network, uint64_t first, int64_t count, float *workspace,
    uint64_t *functions) {
  functions_of(NormalArithmeticAVX512, stream, network, first, count, workspace, functions, BROAD);
}
#endif

void sample_functions(
    NormalArithmetic arithmetic, const NormalStream *stream, const SampledNetwork *network, uint64_t first,
    int64_t count, float *workspace, uint64_t *functions) {
#if defined(__x86_64__)
  if (arithmetic == NormalArithmeticAVX512)
    return functions_avx512(stream, network, first, count, workspace, functions);
  if (arithmetic == NormalArithmeticAVX2)
    return functions_avx2(stream, network, first, count, workspace, functions);
#endif
  functions_of(NormalArithmeticPortable, stream, network, first, count, workspace, functions, NARROW);
}
