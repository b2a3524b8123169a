#include "DensePasses.h"

LayerArithmetic layer_fastest_arithmetic(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    return LayerArithmeticAVX512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return LayerArithmeticAVX2;
#endif
  return LayerArithmeticPortable;
}

void layer_dense_product(
    LayerArithmetic arithmetic, DenseMatrix rows, const int64_t *selection, int64_t count,
    const float *weights, int64_t width, LayerEnds ends, float *output) {
  CALL(product, (rows, selection, count, weights, width, ends, output));
}

void layer_dense_gradient(
    LayerArithmetic arithmetic, DenseMatrix rows, const int64_t *selection, int64_t count,
    const float *errors, int64_t width, float *target) {
  CALL(gradient, (rows, selection, count, errors, width, target));
}

void layer_bias_gradient(const float *errors, int64_t count, int64_t width, float *target) {
  for (int64_t column = 0; column < width; column += LANES) {
    Lanes sums = *(const Lanes *)(target + column);
    for (int64_t i = 0; i < count; i++) sums += *(const Lanes *)(errors + i * width + column);
    *(Lanes *)(target + column) = sums;
  }
}
