#include "CFunctionSampling.h"

#include <string.h>

#include "CRandomNormals.h"

// A product and a sum are fused where the code says so and nowhere else: the compiler would do it on some
// processors only.
#pragma STDC FP_CONTRACT OFF
// Vectors are passed between functions that are all inlined: how they would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES 16
// Inputs are worked on in blocks of two vectors at most.
#define LARGEST_BLOCK (2 * LANES)

typedef float Floats __attribute__((ext_vector_type(LANES), aligned(4)));
typedef int32_t Integers __attribute__((ext_vector_type(LANES), aligned(4)));
typedef _Bool Bits __attribute__((ext_vector_type(LANES)));

#define INLINE static inline __attribute__((always_inline))

INLINE Floats fma16(Floats a, Floats b, Floats c) { return __builtin_elementwise_fma(a, b, c); }

// MARK: The network

// The inputs, rounded up to whole blocks: those beyond 2^n repeat others and are dropped at the end.
static int32_t padded_inputs(const SampledNetwork *network) {
  const int32_t inputs = 1 << network->variables;
  return inputs < LARGEST_BLOCK ? LARGEST_BLOCK : inputs;
}

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

int64_t sampling_workspace_size(const SampledNetwork *network) {
  return sampling_groups(network) * NORMAL_GROUP + 2 * (int64_t)largest_width(network) * padded_inputs(network);
}

INLINE void scale(float *values, int64_t count, float factor) {
  for (int64_t i = 0; i < count; i++) values[i] *= factor;
}

INLINE Floats positive_part(Floats x) { return x > 0 ? x : (Floats)0; }

// The first layer. Its inputs are 0 and 1, so that no product is needed: each input with a further bit is one
// sum away from the one without it. The sum goes from the lowest bit of the input to the highest.
INLINE void first_layer(
    const float *weights, const float *biases, int32_t variables, int32_t units, int32_t inputs, float *output) {
  const Integers lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const int32_t inLanes = variables < 4 ? variables : 4;
  for (int32_t unit = 0; unit < units; unit++) {
    const float *w = weights + unit * variables + variables - 1;
    float *row = output + (int64_t)unit * inputs;
    Floats z = (Floats)biases[unit];
    for (int32_t bit = 0; bit < inLanes; bit++)
      z += ((lane >> bit) & 1) != 0 ? (Floats)w[-bit] : (Floats)0;
    *(Floats *)row = z;
    *(Floats *)(row + LANES) = z;
    for (int32_t bit = 4; bit < variables; bit++)
      for (int32_t i = 0; i < 1 << bit; i += LANES)
        *(Floats *)(row + (1 << bit) + i) = *(const Floats *)(row + i) + (Floats)w[-bit];
    for (int32_t i = 0; i < inputs; i += LANES) *(Floats *)(row + i) = positive_part(*(const Floats *)(row + i));
  }
}

// `rows` units on a block of inputs: each sum starts at the bias and goes through the units below in order.
// Where `readout` is given, the units are the last hidden ones, and their part is added to the logits.
INLINE void tile(
    const float *weights, const float *biases, const float *input, int32_t depth, int32_t inputs, float *output,
    const float *readout, Floats *logits, const int rows, const int vectors) {
  Floats sums[10][2];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sums[r][v] = (Floats)biases[r];
  for (int32_t k = 0; k < depth; k++) {
    Floats x[2];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) x[v] = *(const Floats *)(input + (int64_t)k * inputs + v * LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      const Floats w = (Floats)weights[r * depth + k];
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) sums[r][v] = fma16(w, x[v], sums[r][v]);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      const Floats h = positive_part(sums[r][v]);
      if (readout)
        logits[v] = fma16((Floats)readout[r], h, logits[v]);
      else
        *(Floats *)(output + (int64_t)r * inputs + v * LANES) = h;
    }
}

INLINE void dense_layer(
    const float *weights, const float *biases, const float *input, int32_t depth, int32_t units, int32_t inputs,
    float *output, const float *readout, float *logits, const int rows, const int vectors) {
  for (int32_t x = 0; x < inputs; x += vectors * LANES) {
    Floats block[2] = {0, 0};
    if (readout) memcpy(block, logits + x, (size_t)vectors * sizeof(Floats));
    for (int32_t unit = 0; unit < units;) {
      const int32_t left = units - unit;
#define TILE(count)                                                                                       \
  tile(weights + (int64_t)unit * depth, biases + unit, input + x, depth, inputs,                          \
       output + (int64_t)unit * inputs + x, readout ? readout + unit : 0, block, count, vectors);         \
  unit += count
      if (left >= rows) {
        TILE(rows);
      } else if (left >= 5 && rows > 5) {
        TILE(5);
      } else if (left >= 4) {
        TILE(4);
      } else if (left >= 2) {
        TILE(2);
      } else {
        TILE(1);
      }
#undef TILE
    }
    if (readout) memcpy(logits + x, block, (size_t)vectors * sizeof(Floats));
  }
}

INLINE void function_of(
    const SampledNetwork *network, float *parameters, float *workspace, uint64_t *function, const int rows,
    const int vectors) {
  const int32_t variables = network->variables, inputs = padded_inputs(network);
  const int32_t last = network->layers - 1;
  float *below = workspace, *above = workspace + (int64_t)largest_width(network) * inputs;
  float logits[128] = {0};

  const int32_t first = network->widths[0];
  scale(parameters, (int64_t)variables * first, network->weightDeviations[0]);
  scale(parameters + (int64_t)variables * first, first, network->biasDeviation);
  first_layer(parameters, parameters + (int64_t)variables * first, variables, first, inputs, below);
  float *rest = parameters + (int64_t)(variables + 1) * first;

  // The output's parameters are the last, and wanted together with the last hidden layer's.
  int32_t depth = first;
  for (int32_t layer = 1; layer <= last; layer++) {
    const int32_t units = network->widths[layer];
    float *weights = rest, *biases = weights + (int64_t)units * depth;
    rest = biases + units;
    scale(weights, (int64_t)units * depth, network->weightDeviations[layer]);
    scale(biases, units, network->biasDeviation);
    const float *readout = 0;
    if (layer == last) {
      scale(rest, units, network->weightDeviations[layer + 1]);
      readout = rest;
    }
    dense_layer(weights, biases, below, depth, units, inputs, above, readout, logits, rows, vectors);
    float *swap = below;
    below = above;
    above = swap;
    depth = units;
  }
  if (last == 0) {
    scale(rest, depth, network->weightDeviations[1]);
    for (int32_t k = 0; k < depth; k++)
      for (int32_t x = 0; x < inputs; x += LANES)
        *(Floats *)(logits + x) = fma16(
            (Floats)rest[k], *(const Floats *)(below + (int64_t)k * inputs + x), *(const Floats *)(logits + x));
  }
  const Floats bias = (Floats)(rest[depth] * network->biasDeviation);
  function[0] = function[1] = 0;
  for (int32_t x = 0; x < inputs; x += LANES) {
    const Bits isPositive = __builtin_convertvector(*(const Floats *)(logits + x) + bias >= 0, Bits);
    uint16_t bits;
    memcpy(&bits, &isPositive, sizeof bits);
    function[x / 64] |= (uint64_t)bits << (x % 64);
  }
  if (variables < 6) function[0] &= (1ull << (1 << variables)) - 1;
}

INLINE void functions_of(
    SamplingArithmetic arithmetic, const SamplingStream *stream, const SampledNetwork *network, uint64_t first, int64_t count, float *workspace,
    uint64_t *functions, const int rows, const int vectors) {
  const int64_t groups = sampling_groups(network);
  for (int64_t i = 0; i < count; i++) {
    sampling_normals(arithmetic, stream, (first + (uint64_t)i) * (uint64_t)groups, groups, workspace);
    function_of(network, workspace, workspace + groups * NORMAL_GROUP, functions + 2 * i, rows, vectors);
  }
}

// MARK: One version for each instruction set

// The sums of a tile and what they need fill the registers: sixteen of 8 floats, or thirty-two of 16.
#define NARROW 5, 1
#define BROAD 10, 2

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
#define AVX512 __attribute__((target("avx2,fma,avx512f,avx512dq,avx512bw,avx512vl"), min_vector_width(512)))

AVX2 static void functions_avx2(
    const SamplingStream *stream, const SampledNetwork *network, uint64_t first, int64_t count, float *workspace,
    uint64_t *functions) {
  functions_of(SamplingArithmeticAVX2, stream, network, first, count, workspace, functions, NARROW);
}

AVX512 static void functions_avx512(
    const SamplingStream *stream, const SampledNetwork *network, uint64_t first, int64_t count, float *workspace,
    uint64_t *functions) {
  functions_of(SamplingArithmeticAVX512, stream, network, first, count, workspace, functions, BROAD);
}
#endif

SamplingArithmetic sampling_fastest_arithmetic(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
      return SamplingArithmeticAVX512;
    return SamplingArithmeticAVX2;
  }
#endif
  return SamplingArithmeticPortable;
}

void sampling_normals(
    SamplingArithmetic arithmetic, const SamplingStream *stream, uint64_t first, int64_t count, float *output) {
  const NormalStream blocks = {
      {stream->key[0], stream->key[1]}, {stream->upperCounter[0], stream->upperCounter[1]}};
  random_normals((NormalArithmetic)arithmetic, &blocks, first, count, output);
}

void sample_functions(
    SamplingArithmetic arithmetic, const SamplingStream *stream, const SampledNetwork *network, uint64_t first,
    int64_t count, float *workspace, uint64_t *functions) {
#if defined(__x86_64__)
  if (arithmetic == SamplingArithmeticAVX512)
    return functions_avx512(stream, network, first, count, workspace, functions);
  if (arithmetic == SamplingArithmeticAVX2)
    return functions_avx2(stream, network, first, count, workspace, functions);
#endif
  functions_of(SamplingArithmeticPortable, stream, network, first, count, workspace, functions, NARROW);
}
