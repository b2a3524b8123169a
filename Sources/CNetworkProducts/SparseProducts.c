#include "Panel.h"

INLINE void add_element(
    Panel *sums, const SparseElement *element, const float *weights, int64_t width, const int lanes) {
  Panel factors;
  load(&factors, weights + (int64_t)element->column * width, lanes);
  add_product(sums, element->value, &factors, lanes);
}

// One panel of two rows of the output; the sums stay in registers throughout. Each sum waits for the one
// before it: two rows side by side keep the multipliers busy where one would not. The last of an odd number
// of rows has itself at its side, empty.
INLINE void two_rows(
    SparseMatrix rows, const int64_t *selection, int64_t i, int64_t count, int64_t block,
    const float *weights, int64_t width, int64_t column, LayerEnds ends, float *output, const int lanes) {
  const int64_t j = i + 1 < count ? i + 1 : i;
  const int64_t *firstStart = rows.starts + selection[i] * rows.blocks + block;
  const int64_t *secondStart = rows.starts + selection[j] * rows.blocks + block;
  const SparseElement *second = rows.elements + secondStart[0], *secondEnd = rows.elements + secondStart[1];
  const SparseElement *firstEnd = rows.elements + firstStart[1];
  const SparseElement *first = i < j ? rows.elements + firstStart[0] : firstEnd;
  const int64_t firstPlace = i * width + column, secondPlace = j * width + column;
  const int isFirst = block == 0, isLast = block == rows.blocks - 1;
  Panel firstSums, secondSums;
  begin(&firstSums, output + firstPlace, ends, column, isFirst, lanes);
  begin(&secondSums, output + secondPlace, ends, column, isFirst, lanes);
  const float *w = weights + column;
  for (; first < firstEnd && second < secondEnd; first++, second++) {
    add_element(&firstSums, first, w, width, lanes);
    add_element(&secondSums, second, w, width, lanes);
  }
  for (; first < firstEnd; first++) add_element(&firstSums, first, w, width, lanes);
  for (; second < secondEnd; second++) add_element(&secondSums, second, w, width, lanes);
  end(&firstSums, output, ends, firstPlace, isLast, lanes);
  end(&secondSums, output, ends, secondPlace, isLast, lanes);
}

INLINE void product(
    SparseMatrix rows, const int64_t *selection, int64_t count, const float *weights, int64_t width,
    LayerEnds ends, float *output, const int isWide) {
  (void)isWide;
  for (int64_t column = 0; column < width;) {
    const int panel = panel_at(column, width);
    for (int64_t block = 0; block < rows.blocks; block++) {
#define BODY(lanes) \
  for (int64_t i = 0; i < count; i += 2) \
    two_rows(rows, selection, i, count, block, weights, width, column, ends, output, lanes)
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
