#include "Panel.h"

INLINE void add_element(
    Panel *sums, const SparseElement *element, const float *weights, int64_t width, const int lanes) {
  Panel factors;
  load(&factors, weights + (int64_t)element->column * width, lanes);
  add_product(sums, element->value, &factors, lanes);
}

// The most rows that are summed side by side.
#define MOST_TOGETHER 4

// One panel of `together` rows of the output; the sums stay in registers throughout. Each sum waits for the one
// before it: rows side by side keep the multipliers busy where one would not. Beyond the last row that row comes
// again, with the same result.
INLINE void rows_together(
    SparseMatrix rows, const int64_t *selection, int64_t i, int64_t count, int64_t block,
    const float *weights, int64_t width, int64_t column, LayerEnds ends, float *output, const int lanes,
    const int together) {
  const SparseElement *elements[MOST_TOGETHER];
  int64_t counts[MOST_TOGETHER], place[MOST_TOGETHER], shared = INT64_MAX;
  Panel sums[MOST_TOGETHER];
  const float *w = weights + column;
#pragma clang loop unroll(full)
  for (int r = 0; r < together; r++) {
    const int64_t row = smaller(i + r, count - 1);
    const int64_t *start = rows.starts + selection[row] * rows.blocks + block;
    elements[r] = rows.elements + start[0];
    counts[r] = start[1] - start[0];
    shared = smaller(shared, counts[r]);
    place[r] = row * width + column;
    begin(&sums[r], output + place[r], ends, column, block == 0, lanes);
  }
  for (int64_t k = 0; k < shared; k++) {
#pragma clang loop unroll(full)
    for (int r = 0; r < together; r++) add_element(&sums[r], elements[r] + k, w, width, lanes);
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < together; r++) {
    for (int64_t k = shared; k < counts[r]; k++) add_element(&sums[r], elements[r] + k, w, width, lanes);
    end(&sums[r], output, ends, place[r], block == rows.blocks - 1, lanes);
  }
}

// AVX-512 has registers for the sums of four rows, AVX2 for those of two.
#define TOGETHER(isWide) ((isWide) ? 4 : 2)

INLINE void product(
    SparseMatrix rows, const int64_t *selection, int64_t count, const float *weights, int64_t width,
    LayerEnds ends, float *output, const int isWide) {
  for (int64_t column = 0; column < width;) {
    const int panel = panel_at(column, width);
    for (int64_t block = 0; block < rows.blocks; block++) {
#define BODY(lanes) \
  for (int64_t i = 0; i < count; i += TOGETHER(isWide)) \
    rows_together( \
        rows, selection, i, count, block, weights, width, column, ends, output, lanes, TOGETHER(isWide))
      WITH_PANEL(panel, BODY)
#undef BODY
    }
    column += panel * LANES;
  }
}

// Adds one row's part to one panel of the target, for the columns of a block.
INLINE void add_row(
    const SparseElement *element, const SparseElement *last, const float *errors, int64_t width,
    float *target, const int lanes) {
  Panel error;
  load(&error, errors, lanes);
  for (; element < last; element++) {
    float *place = target + (int64_t)element->column * width;
    Panel sums;
    load(&sums, place, lanes);
    add_product(&sums, element->value, &error, lanes);
    store(&sums, place, lanes);
  }
}

INLINE void gradient(
    SparseMatrix rows, const int64_t *selection, int64_t count, const float *errors, int64_t width,
    float *target, const int isWide) {
  (void)isWide;
  for (int64_t column = 0; column < width;) {
    const int panel = panel_at(column, width);
    // The block of the target stays in the first cache while all examples are added to it.
    for (int64_t block = 0; block < rows.blocks; block++) {
#define BODY(lanes) \
  for (int64_t i = 0; i < count; i++) { \
    const int64_t *start = rows.starts + selection[i] * rows.blocks + block; \
    add_row( \
        rows.elements + start[0], rows.elements + start[1], errors + i * width + column, width, \
        target + column, lanes); \
  }
      WITH_PANEL(panel, BODY)
#undef BODY
    }
    column += panel * LANES;
  }
}

VERSIONS(
    product,
    (SparseMatrix rows, const int64_t *selection, int64_t count, const float *weights, int64_t width,
     LayerEnds ends, float *output),
    (rows, selection, count, weights, width, ends, output))

void layer_sparse_product(
    LayerArithmetic arithmetic, SparseMatrix rows, const int64_t *selection, int64_t count,
    const float *weights, int64_t width, LayerEnds ends, float *output) {
  CALL(product, (rows, selection, count, weights, width, ends, output));
}

VERSIONS(
    gradient,
    (SparseMatrix rows, const int64_t *selection, int64_t count, const float *errors, int64_t width,
     float *target),
    (rows, selection, count, errors, width, target))

void layer_sparse_gradient(
    LayerArithmetic arithmetic, SparseMatrix rows, const int64_t *selection, int64_t count,
    const float *errors, int64_t width, float *target) {
  CALL(gradient, (rows, selection, count, errors, width, target));
}
