// A few vectors of eight floats side by side, or of four doubles where DOUBLE_PRECISION is defined, which stay
// in registers, and what is done with them.
#ifndef PLATEAU_PANEL_H
#define PLATEAU_PANEL_H

#include "CNetworkProducts.h"

// Vectors are passed between functions that are all inlined: how they would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))

// LARGEST_PANEL: the most vectors side by side. Of floats, six are sums of two rows and two broadcast values in
// the sixteen registers of AVX2; of doubles, ten are the width of the paper's layers, so that rows are read once.
// BLOCK_DEPTH: the inputs whose weights are worked on at a time; those of a panel take 27 or 30 KB of the 32 KB
// or more that a processor's first cache has.
#ifdef DOUBLE_PRECISION
typedef double Number;
typedef DoubleMatrix Rows;
typedef DoubleEnds Ends;
#define LANES 4
#define LARGEST_PANEL 10
#define BLOCK_DEPTH 96
#define WIDER_PANELS(body) \
  case 6: body(6); break; \
  case 7: body(7); break; \
  case 8: body(8); break; \
  case 9: body(9); break;
#else
typedef float Number;
typedef DenseMatrix Rows;
typedef LayerEnds Ends;
#define LANES 8
#define LARGEST_PANEL 6
#define BLOCK_DEPTH 144
#define WIDER_PANELS(body)
#endif

INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

// Aligned as a number is. The compiler makes one register of the pair where the processor has such, else two.
typedef Number Lanes __attribute__((ext_vector_type(LANES), aligned(sizeof(Number))));
typedef Number Pair __attribute__((ext_vector_type(2 * LANES), aligned(sizeof(Number))));

// `lanes` vectors, known at compile time wherever a panel is used: lanes / 2 pairs, and one vector more where
// that leaves one over.
typedef struct {
  Pair pairs[LARGEST_PANEL / 2];
  Lanes single;
} Panel;

#define EACH_PAIR _Pragma("clang loop unroll(full)") for (int p = 0; p < lanes / 2; p++)
#define IF_SINGLE if (lanes % 2)
#define SINGLE_AT ((lanes - 1) * LANES)

INLINE void set(Panel *panel, Number value, const int lanes) {
  EACH_PAIR panel->pairs[p] = (Pair)value;
  IF_SINGLE panel->single = (Lanes)value;
}

INLINE void load(Panel *panel, const Number *from, const int lanes) {
  EACH_PAIR panel->pairs[p] = *(const Pair *)(from + p * 2 * LANES);
  IF_SINGLE panel->single = *(const Lanes *)(from + SINGLE_AT);
}

INLINE void store(const Panel *panel, Number *to, const int lanes) {
  EACH_PAIR *(Pair *)(to + p * 2 * LANES) = panel->pairs[p];
  IF_SINGLE *(Lanes *)(to + SINGLE_AT) = panel->single;
}

// sums += value * factors
INLINE void add_product(Panel *sums, Number value, const Panel *factors, const int lanes) {
  EACH_PAIR sums->pairs[p] = __builtin_elementwise_fma((Pair)value, factors->pairs[p], sums->pairs[p]);
  IF_SINGLE sums->single = __builtin_elementwise_fma((Lanes)value, factors->single, sums->single);
}

INLINE void rectify(Panel *panel, const int lanes) {
  // A NaN is not below 0, and stays.
  EACH_PAIR panel->pairs[p] = panel->pairs[p] < (Number)0 ? (Pair)0 : panel->pairs[p];
  IF_SINGLE panel->single = panel->single < (Number)0 ? (Lanes)0 : panel->single;
}

INLINE void gate(Panel *panel, const Panel *gates, const int lanes) {
  EACH_PAIR panel->pairs[p] = gates->pairs[p] == (Number)0 ? (Pair)0 : panel->pairs[p];
  IF_SINGLE panel->single = gates->single == (Number)0 ? (Lanes)0 : panel->single;
}

// What a row's sums start from: in the first block of its terms what `ends` says, later what it came to so far.
INLINE void begin(
    Panel *sums, const Number *output, Ends ends, int64_t column, int isFirst, const int lanes) {
  if (!isFirst || ends.continues) {
    load(sums, output, lanes);
  } else if (ends.biases) {
    load(sums, ends.biases + column, lanes);
  } else {
    set(sums, 0, lanes);
  }
}

// Stores a row's sums; `place` is where they stand in the output, and so in the gates.
INLINE void end(Panel *sums, Number *output, Ends ends, int64_t place, int isLast, const int lanes) {
  if (isLast && ends.rectifies) rectify(sums, lanes);
  if (isLast && ends.gates) {
    Panel gates;
    load(&gates, ends.gates + place, lanes);
    gate(sums, &gates, lanes);
  }
  store(sums, output + place, lanes);
}

INLINE int panel_at(int64_t column, int64_t width) {
  const int64_t left = (width - column) / LANES;
  return left < LARGEST_PANEL ? (int)left : LARGEST_PANEL;
}

// `body(lanes)` with `lanes` known at compile time.
#define WITH_PANEL(panel, body) \
  switch (panel) { \
    case 1: body(1); break; \
    case 2: body(2); break; \
    case 3: body(3); break; \
    case 4: body(4); break; \
    case 5: body(5); break; \
    WIDER_PANELS(body) \
    default: body(LARGEST_PANEL); break; \
  }

// `VERSIONS(name, parameters, arguments)` compiles the pass `name` once for each instruction set; its last
// argument is whether the vectors are wide. `CALL(name, arguments)` calls the version that `arithmetic` says.
// Without a fused multiply-add in the instruction set the compiler calls fmaf or fma, which round the same.
#define NARROW(...) (__VA_ARGS__, 0)
#define WIDE(...) (__VA_ARGS__, 1)
#if defined(__x86_64__)
#define VERSIONS(name, parameters, arguments) \
  __attribute__((target("avx2,fma"))) static void name##_avx2 parameters { name NARROW arguments; } \
  __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma"))) static void name##_avx512 parameters { \
    name WIDE arguments; \
  }
#define CALL(name, arguments) \
  if (arithmetic == LayerArithmeticAVX512) \
    name##_avx512 arguments; \
  else if (arithmetic == LayerArithmeticAVX2) \
    name##_avx2 arguments; \
  else \
    name NARROW arguments
#else
#define VERSIONS(name, parameters, arguments)
#define CALL(name, arguments) \
  (void)arithmetic; \
  name NARROW arguments
#endif

#endif
