#include "CSparseProducts.h"

// Eight floats, aligned as a float is: the compiler chooses the registers.
typedef float Lanes __attribute__((ext_vector_type(8), aligned(4)));

#define LANES 8
// Twelve sums, those of two rows, two broadcast values: the sixteen registers of AVX2 hold them.
#define LARGEST_PANEL 6

#define INLINE static inline __attribute__((always_inline))

INLINE void add_element(
    Lanes *sums, const SparseElement *element, const float *weights, int64_t width, const int lanes) {
  const Lanes value = (Lanes)element->value;
  const float *row = weights + (int64_t)element->column * width;
#pragma clang loop unroll(full)
  for (int k = 0; k < lanes; k++)
    sums[k] = __builtin_elementwise_fma(value, *(const Lanes *)(row + k * LANES), sums[k]);
}

INLINE void store(const Lanes *sums, float *output, const int lanes) {
#pragma clang loop unroll(full)
  for (int k = 0; k < lanes; k++) *(Lanes *)(output + k * LANES) = sums[k];
}

// One panel of `lanes` vectors of two rows of the output; the sums stay in registers throughout. Each sum
// waits for the one before it: two rows side by side keep the multipliers busy where one would not.
INLINE void two_rows(
    const SparseElement *first, const SparseElement *firstEnd, const SparseElement *second,
    const SparseElement *secondEnd, const float *weights, int64_t width, float *firstOutput,
    float *secondOutput, int isFirstBlock, const int lanes) {
  Lanes firstSums[LARGEST_PANEL], secondSums[LARGEST_PANEL];
#pragma clang loop unroll(full)
  for (int k = 0; k < lanes; k++) {
    firstSums[k] = isFirstBlock ? (Lanes)0.0f : *(const Lanes *)(firstOutput + k * LANES);
    secondSums[k] = isFirstBlock ? (Lanes)0.0f : *(const Lanes *)(secondOutput + k * LANES);
  }
  for (; first < firstEnd && second < secondEnd; first++, second++) {
    add_element(firstSums, first, weights, width, lanes);
    add_element(secondSums, second, weights, width, lanes);
  }
  for (; first < firstEnd; first++) add_element(firstSums, first, weights, width, lanes);
  for (; second < secondEnd; second++) add_element(secondSums, second, weights, width, lanes);
  store(firstSums, firstOutput, lanes);
  store(secondSums, secondOutput, lanes);
}

INLINE void rows_times_dense(
    const int64_t *starts, int64_t blocks, const SparseElement *elements, const int64_t *selection,
    int64_t count, const float *weights, int64_t width, float *output) {
  for (int64_t column = 0; column < width;) {
    const int64_t left = (width - column) / LANES;
    const int panel = left < LARGEST_PANEL ? (int)left : LARGEST_PANEL;
    const float *w = weights + column;
    for (int64_t block = 0; block < blocks; block++) {
      for (int64_t i = 0; i < count; i += 2) {
        // The last of an odd number of rows has itself at its side, empty.
        const int64_t j = i + 1 < count ? i + 1 : i;
        const int64_t *bStart = starts + selection[j] * blocks + block;
        const int64_t *aStart = starts + selection[i] * blocks + block;
        const SparseElement *b = elements + bStart[0], *bEnd = elements + bStart[1];
        const SparseElement *aEnd = elements + aStart[1], *a = i < j ? elements + aStart[0] : aEnd;
        float *aOut = output + i * width + column, *bOut = output + j * width + column;
#define PANEL(lanes) two_rows(a, aEnd, b, bEnd, w, width, aOut, bOut, block == 0, lanes)
        switch (panel) {
          case 1: PANEL(1); break;
          case 2: PANEL(2); break;
          case 3: PANEL(3); break;
          case 4: PANEL(4); break;
          case 5: PANEL(5); break;
          default: PANEL(6); break;
        }
#undef PANEL
      }
    }
    column += panel * LANES;
  }
}

INLINE void rows_transposed_times_dense(
    const int64_t *starts, int64_t blocks, const SparseElement *elements, const int64_t *selection,
    int64_t count, float scale, const float *errors, int64_t width, float *target) {
  for (int64_t i = 0; i < count; i++) {
    const float *error = errors + i * width;
    for (int64_t p = starts[selection[i] * blocks]; p < starts[(selection[i] + 1) * blocks]; p++) {
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
    const int64_t *starts, int64_t blocks, const SparseElement *elements, const int64_t *selection,
    int64_t count, const float *weights, int64_t width, float *output) {
  rows_times_dense(starts, blocks, elements, selection, count, weights, width, output);
}

AVX2 static void rows_transposed_times_dense_avx2(
    const int64_t *starts, int64_t blocks, const SparseElement *elements, const int64_t *selection,
    int64_t count, float scale, const float *errors, int64_t width, float *target) {
  rows_transposed_times_dense(starts, blocks, elements, selection, count, scale, errors, width, target);
}
#endif

SparseArithmetic sparse_fastest_arithmetic(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return SparseArithmeticAVX2;
#endif
  return SparseArithmeticPortable;
}

void sparse_rows_times_dense(
    SparseArithmetic arithmetic, const int64_t *starts, int64_t blocks,
    const SparseElement *elements, const int64_t *selection, int64_t count, const float *weights,
    int64_t width, float *output) {
#if defined(__x86_64__)
  if (arithmetic == SparseArithmeticAVX2) {
    rows_times_dense_avx2(starts, blocks, elements, selection, count, weights, width, output);
    return;
  }
#endif
  // Without a fused multiply-add in the instruction set the compiler calls fmaf, which rounds the same.
  rows_times_dense(starts, blocks, elements, selection, count, weights, width, output);
}

void sparse_rows_transposed_times_dense(
    SparseArithmetic arithmetic, const int64_t *starts, int64_t blocks,
    const SparseElement *elements, const int64_t *selection, int64_t count, float scale,
    const float *errors, int64_t width, float *target) {
#if defined(__x86_64__)
  if (arithmetic == SparseArithmeticAVX2) {
    rows_transposed_times_dense_avx2(
        starts, blocks, elements, selection, count, scale, errors, width, target);
    return;
  }
#endif
  rows_transposed_times_dense(starts, blocks, elements, selection, count, scale, errors, width, target);
}
