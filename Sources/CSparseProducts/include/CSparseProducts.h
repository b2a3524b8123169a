// Products of a sparse matrix, held row by row, with a dense one: the first layer of a network on inputs that
// are mostly zero.
//
// Every output is one sum, taken over the non-zeros of a row in ascending order with one fused multiply-add
// each. The width of the vectors does not enter that order, so that the results are the same bits on every
// processor and on either path.
#ifndef PLATEAU_CSPARSEPRODUCTS_H
#define PLATEAU_CSPARSEPRODUCTS_H

#include <stdint.h>

/// One stored number of a sparse row: its column and its value.
typedef struct {
  uint32_t column;
  float value;
} SparseElement;

/// How the arithmetic is done; the bits of the result are the same.
typedef enum {
  SparseArithmeticPortable = 0,
  SparseArithmeticAVX2 = 1,
} SparseArithmetic;

/// The fastest arithmetic of this processor.
SparseArithmetic sparse_fastest_arithmetic(void);

/// output[i, :] = sum over the elements of row selection[i] of value * weights[column, :].
///
/// The columns come in blocks whose weights fit the first-level cache: block b of row r holds
/// elements[starts[s]] up to, not including, elements[starts[s + 1]], with s = r * blocks + b, and columns
/// ascend along a row.
/// `weights` and `output` are row-major with `width` columns, a multiple of 8.
void sparse_rows_times_dense(
    SparseArithmetic arithmetic, const int64_t *starts, int64_t blocks,
    const SparseElement *elements, const int64_t *selection, int64_t count, const float *weights,
    int64_t width, float *output);

/// target[column, :] += (scale * value) * errors[i, :] for every element of row selection[i], rows in order.
///
/// The gradient of the product above with respect to `weights`, added to what `target` holds.
void sparse_rows_transposed_times_dense(
    SparseArithmetic arithmetic, const int64_t *starts, int64_t blocks,
    const SparseElement *elements, const int64_t *selection, int64_t count, float scale,
    const float *errors, int64_t width, float *target);

#endif
