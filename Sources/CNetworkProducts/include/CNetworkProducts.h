// The products of a fully connected network's layers: inputs, sparse or dense, with weights that lie
// transposed, and the gradients of both.
//
// Every output is one sum, taken in ascending order with one fused multiply-add a term. The width of the
// vectors does not enter that order, so that the results are the same bits on every processor and on every
// path.
#ifndef PLATEAU_CNETWORKPRODUCTS_H
#define PLATEAU_CNETWORKPRODUCTS_H

#include <stdint.h>

/// One stored number of a sparse row: its column and its value.
typedef struct {
  uint32_t column;
  float value;
} SparseElement;

/// Sparse rows. The columns come in blocks whose weights fit the first-level cache: block b of row r holds
/// elements[starts[s]] up to, not including, elements[starts[s + 1]], with s = r * blocks + b, and columns
/// ascend along a row.
typedef struct {
  const int64_t *starts;
  const SparseElement *elements;
  int64_t blocks;
} SparseMatrix;

/// Dense rows of `depth` numbers, row r at values + r * stride.
typedef struct {
  const float *values;
  int64_t stride;
  int64_t depth;
} DenseMatrix;

/// How a product begins and ends, for outputs of `width` columns.
typedef struct {
  /// What each row's sums start from, `width` numbers; NULL for 0.
  const float *biases;
  /// Outputs become 0 where this matrix, as large as the output, is 0; NULL for none.
  const float *gates;
  /// Whether negative outputs become 0; a NaN stays.
  int rectifies;
  /// Whether the sums start from what the output holds, whatever the biases.
  int continues;
} LayerEnds;

/// The same of numbers in double precision.
typedef struct {
  const double *values;
  int64_t stride;
  int64_t depth;
} DoubleMatrix;

/// The same of numbers in double precision.
typedef struct {
  const double *biases;
  const double *gates;
  int rectifies;
  int continues;
} DoubleEnds;

/// How the arithmetic is done; the bits of the result are the same.
typedef enum {
  LayerArithmeticPortable = 0,
  LayerArithmeticAVX2 = 1,
  LayerArithmeticAVX512 = 2,
} LayerArithmetic;

/// The fastest arithmetic of this processor.
LayerArithmetic layer_fastest_arithmetic(void);

/// output[i, :] = biases + sum over k of rows[selection[i], k] * weights[k, :], then as `ends` says.
///
/// `selection` is NULL for the rows in order. `weights` and `output` are row-major with `width` columns, a
/// multiple of 8.
void layer_dense_product(
    LayerArithmetic arithmetic, DenseMatrix rows, const int64_t *selection, int64_t count,
    const float *weights, int64_t width, LayerEnds ends, float *output);

/// The same for sparse rows.
void layer_sparse_product(
    LayerArithmetic arithmetic, SparseMatrix rows, const int64_t *selection, int64_t count,
    const float *weights, int64_t width, LayerEnds ends, float *output);

/// target[k, :] += rows[selection[i], k] * errors[i, :] for every i in order: the gradient of the product
/// above with respect to `weights`, added to what `target` holds.
void layer_dense_gradient(
    LayerArithmetic arithmetic, DenseMatrix rows, const int64_t *selection, int64_t count,
    const float *errors, int64_t width, float *target);

/// The same for sparse rows.
void layer_sparse_gradient(
    LayerArithmetic arithmetic, SparseMatrix rows, const int64_t *selection, int64_t count,
    const float *errors, int64_t width, float *target);

/// The product of all rows in double precision; `width` is a multiple of 4.
void layer_double_product(
    LayerArithmetic arithmetic, DoubleMatrix rows, int64_t count, const double *weights, int64_t width,
    DoubleEnds ends, double *output);

/// The gradient over all rows in double precision; `width` is a multiple of 4.
void layer_double_gradient(
    LayerArithmetic arithmetic, DoubleMatrix rows, int64_t count, const double *errors, int64_t width,
    double *target);

/// target[:] += errors[i, :] for every i in order: the gradient with respect to the biases.
void layer_bias_gradient(const float *errors, int64_t count, int64_t width, float *target);

#endif
