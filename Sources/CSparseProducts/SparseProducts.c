#include "CSparseProducts.h"

// Eight floats, aligned as a float is: the compiler chooses the registers.
typedef float Lanes __attribute__((ext_vector_type(8), aligned(4)));

#define LANES 8
// Sixteen registers of AVX2 hold eight sums, the broadcast value and a weight with room to spare.
#define LARGEST_PANEL 8

#define INLINE static inline __attribute__((always_inline))

// One panel of `lanes` vectors of one row of the output: its sums stay in registers throughout.
INLINE void row_panel(
    const SparseElement *first, const SparseElement *last, const float *weights, int64_t width,
    float *output, const int lanes) {
  Lanes sums[LARGEST_PANEL];
#pragma clang loop unroll(full)
  for (int k = 0; k < lanes; k++) sums[k] = (Lanes)0.0f;
  for (const SparseElement *element = first; element < last; element++) {
    const Lanes value = (Lanes)element->value;
    const float *row = weights + (int64_t)element->column * width;
#pragma clang loop unroll(full)
    for (int k = 0; k < lanes; k++)
      sums[k] = __builtin_elementwise_fma(value, *(const Lanes *)(row + k * LANES), sums[k]);
  }
#pragma clang loop unroll(full)
  for (int k = 0; k < lanes; k++) *(Lanes *)(output + k * LANES) = sums[k];
}

INLINE void rows_times_dense(
    const int64_t *starts, const SparseElement *elements, const int64_t *selection, int64_t count,
    const float *weights, int64_t width, float *output) {
  for (int64_t column = 0; column < width;) {
    const int64_t left = (width - column) / LANES;
    const int panel = left < LARGEST_PANEL ? (int)left : LARGEST_PANEL;
    for (int64_t i = 0; i < count; i++) {
      const SparseElement *first = elements + starts[selection[i]];
      const SparseElement *last = elements + starts[selection[i] + 1];
      const float *w = weights + column;
      float *out = output + i * width + column;
      switch (panel) {
        case 1: row_panel(first, last, w, width, out, 1); break;
        case 2: row_panel(first, last, w, width, out, 2); break;
        case 3: row_panel(first, last, w, width, out, 3); break;
        case 4: row_panel(first, last, w, width, out, 4); break;
        case 5: row_panel(first, last, w, width, out, 5); break;
        case 6: row_panel(first, last, w, width, out, 6); break;
        case 7: row_panel(first, last, w, width, out, 7); break;
        default: row_panel(first, last, w, width, out, 8); break;
      }
    }
    column += panel * LANES;
  }
}

INLINE void rows_transposed_times_dense(
    const int64_t *starts, const SparseElement *elements, const int64_t *selection, int64_t count,
    float scale, const float *errors, int64_t width, float *target) {
  for (int64_t i = 0; i < count; i++) {
    const float *error = errors + i * width;
    for (int64_t p = starts[selection[i]]; p < starts[selection[i] + 1]; p++) {
      const float share = scale * elements[p].value;
      float *row = target + (int64_t)elements[p].column * width;
      for (int64_t column = 0; column < width; column += LANES)
        *(Lanes *)(row + column) = __builtin_elementwise_fma(
            (Lanes)share, *(const Lanes *)(error + column), *(Lanes *)(row + column));
    }
  }
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))

AVX2 static void rows_times_dense_avx2(
    const int64_t *starts, const SparseElement *elements, const int64_t *selection, int64_t count,
    const float *weights, int64_t width, float *output) {
  rows_times_dense(starts, elements, selection, count, weights, width, output);
}

AVX2 static void rows_transposed_times_dense_avx2(
    const int64_t *starts, const SparseElement *elements, const int64_t *selection, int64_t count,
    float scale, const float *errors, int64_t width, float *target) {
  rows_transposed_times_dense(starts, elements, selection, count, scale, errors, width, target);
}
#endif

SparseArithmetic sparse_fastest_arithmetic(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return SparseArithmeticAVX2;
#endif
  return SparseArithmeticPortable;
}

void sparse_rows_times_dense(
    SparseArithmetic arithmetic, const int64_t *starts, const SparseElement *elements,
    const int64_t *selection, int64_t count, const float *weights, int64_t width, float *output) {
#if defined(__x86_64__)
  if (arithmetic == SparseArithmeticAVX2) {
    rows_times_dense_avx2(starts, elements, selection, count, weights, width, output);
    return;
  }
#endif
  // Without a fused multiply-add in the instruction set the compiler calls fmaf, which rounds the same.
  rows_times_dense(starts, elements, selection, count, weights, width, output);
}

void sparse_rows_transposed_times_dense(
    SparseArithmetic arithmetic, const int64_t *starts, const SparseElement *elements,
    const int64_t *selection, int64_t count, float scale, const float *errors, int64_t width, float *target) {
#if defined(__x86_64__)
  if (arithmetic == SparseArithmeticAVX2) {
    rows_transposed_times_dense_avx2(starts, elements, selection, count, scale, errors, width, target);
    return;
  }
#endif
  rows_transposed_times_dense(starts, elements, selection, count, scale, errors, width, target);
}
