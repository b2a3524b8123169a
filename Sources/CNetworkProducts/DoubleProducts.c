#define DOUBLE_PRECISION
#include <stddef.h>

#include "DensePasses.h"

void layer_double_product(
    LayerArithmetic arithmetic, DoubleMatrix rows, int64_t count, const double *weights, int64_t width,
    DoubleEnds ends, double *output) {
  CALL(product, (rows, NULL, count, weights, width, ends, output));
}

void layer_double_gradient(
    LayerArithmetic arithmetic, DoubleMatrix rows, int64_t count, const double *errors, int64_t width,
    double *target) {
  CALL(gradient, (rows, NULL, count, errors, width, target));
}
