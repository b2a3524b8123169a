// The passes over dense rows of the numbers that the panels hold: each file that includes this compiles them
// for its own.
#ifndef PLATEAU_DENSE_PASSES_H
#define PLATEAU_DENSE_PASSES_H

#include "Panel.h"

// The most rows of a tile.
#define LARGEST_TILE 8
// Examples of a gradient that are worked on at a time: their errors and a line of each one's inputs lie in
// the first cache.
#define EXAMPLES 64
// The numbers of a line of memory.
#define LINE (2 * LANES)

INLINE const Number *row_at(Rows rows, const int64_t *selection, int64_t i) {
  return rows.values + (selection ? selection[i] : i) * rows.stride;
}

// One panel of `tile` rows of the output, over the terms from `first` to `last`: each vector of weights that
// is read serves all of these rows. Beyond the last row that row comes again, with the same result. The lines
// that the next tile reads are fetched meanwhile: from row to row they are too far apart for the processor to
// guess, and rows of many examples are not in its caches.
INLINE void product_tile(
    Rows rows, const int64_t *selection, int64_t i, int64_t count, int64_t first, int64_t last,
    const Number *weights, int64_t width, int64_t column, Ends ends, Number *output, const int lanes,
    const int tile) {
  const Number *row[LARGEST_TILE], *next[LARGEST_TILE];
  int64_t place[LARGEST_TILE];
  Panel sums[LARGEST_TILE];
#pragma clang loop unroll(full)
  for (int r = 0; r < tile; r++) {
    const int64_t example = smaller(i + r, count - 1);
    row[r] = row_at(rows, selection, example);
    next[r] = row_at(rows, selection, smaller(i + tile + r, count - 1));
    place[r] = example * width + column;
    begin(&sums[r], output + place[r], ends, column, first == 0, lanes);
  }
  for (int64_t start = first; start < last; start += LINE) {
#pragma clang loop unroll(full)
    for (int r = 0; r < tile; r++) __builtin_prefetch(next[r] + start);
    const int64_t end = smaller(start + LINE, last);
    for (int64_t k = start; k < end; k++) {
      Panel factors;
      load(&factors, weights + k * width + column, lanes);
#pragma clang loop unroll(full)
      for (int r = 0; r < tile; r++) add_product(&sums[r], row[r][k], &factors, lanes);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < tile; r++) end(&sums[r], output, ends, place[r], last == rows.depth, lanes);
}

// As many rows at a time as the registers hold: AVX2 has 16, AVX-512 has 32 that are twice as wide.
#define TILE(lanes, isWide) ((lanes) == 1 ? 8 : (lanes) <= 3 || (isWide) ? 4 : (lanes) <= 6 ? 2 : 1)

INLINE void product(
    Rows rows, const int64_t *selection, int64_t count, const Number *weights, int64_t width,
    Ends ends, Number *output, const int isWide) {
  for (int64_t column = 0; column < width;) {
    const int panel = panel_at(column, width);
    for (int64_t first = 0; first < rows.depth; first += BLOCK_DEPTH) {
      const int64_t last = smaller(first + BLOCK_DEPTH, rows.depth);
#define BODY(lanes) \
  for (int64_t i = 0; i < count; i += TILE(lanes, isWide)) \
    product_tile( \
        rows, selection, i, count, first, last, weights, width, column, ends, output, lanes, \
        TILE(lanes, isWide))
      WITH_PANEL(panel, BODY)
#undef BODY
    }
    column += panel * LANES;
  }
}

// One panel of `tile` rows of the target. Beyond the last row that row comes again, with the same result.
INLINE void gradient_tile(
    const Number *const *row, int64_t count, int64_t k, int64_t depth, const Number *errors, int64_t width,
    Number *target, const int lanes, const int tile) {
  Panel sums[LARGEST_TILE];
  int64_t input[LARGEST_TILE];
#pragma clang loop unroll(full)
  for (int r = 0; r < tile; r++) {
    input[r] = smaller(k + r, depth - 1);
    load(&sums[r], target + input[r] * width, lanes);
  }
  for (int64_t i = 0; i < count; i++) {
    Panel factors;
    load(&factors, errors + i * width, lanes);
#pragma clang loop unroll(full)
    for (int r = 0; r < tile; r++) add_product(&sums[r], row[i][input[r]], &factors, lanes);
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < tile; r++) store(&sums[r], target + input[r] * width, lanes);
}

INLINE void gradient(
    Rows rows, const int64_t *selection, int64_t count, const Number *errors, int64_t width,
    Number *target, const int isWide) {
  for (int64_t first = 0; first < count; first += EXAMPLES) {
    const int64_t examples = smaller(EXAMPLES, count - first);
    const Number *row[EXAMPLES];
    for (int64_t i = 0; i < examples; i++) row[i] = row_at(rows, selection, first + i);
    for (int64_t column = 0; column < width;) {
      const int panel = panel_at(column, width);
      const Number *e = errors + first * width + column;
#define BODY(lanes) \
  for (int64_t k = 0; k < rows.depth; k += TILE(lanes, isWide)) \
    gradient_tile(row, examples, k, rows.depth, e, width, target + column, lanes, TILE(lanes, isWide))
      WITH_PANEL(panel, BODY)
#undef BODY
      column += panel * LANES;
    }
  }
}

VERSIONS(
    product,
    (Rows rows, const int64_t *selection, int64_t count, const Number *weights, int64_t width, Ends ends,
     Number *output),
    (rows, selection, count, weights, width, ends, output))

VERSIONS(
    gradient,
    (Rows rows, const int64_t *selection, int64_t count, const Number *errors, int64_t width, Number *target),
    (rows, selection, count, errors, width, target))

#endif
