// Standard normals in Float32, many at a time.
//
// The random numbers are those of Philox4x32-10 by counter, and every operation is one that all processors
// round alike: the normals are the same bits on every processor and on every path.
#ifndef PLATEAU_CRANDOMNORMALS_H
#define PLATEAU_CRANDOMNORMALS_H

#include <stdint.h>

/// How the arithmetic is done; the bits of the result are the same.
typedef enum {
  NormalArithmeticPortable = 0,
  NormalArithmeticAVX2 = 1,
  NormalArithmeticAVX512 = 2,
} NormalArithmetic;

/// The fastest arithmetic of this processor.
NormalArithmetic normal_fastest_arithmetic(void);

/// A stream of Philox blocks: the key, and the upper half of the counter, whose lower half counts the blocks.
typedef struct {
  uint32_t key[2];
  uint32_t upperCounter[2];
} NormalStream;

/// Normals drawn together: four from each of sixteen blocks.
#define NORMAL_GROUP 64

/// Standard normals, 64 a group: groups `first` up to, not including, `first + count` of the stream, to
/// `output`.
///
/// Group g is made from the blocks 16 g to 16 g + 15. Words 0 and 1 of block 16 g + l give, by the Box-Muller
/// transform, the normals 64 g + l and 64 g + 16 + l; words 2 and 3 give 64 g + 32 + l and 64 g + 48 + l.
/// The first word of a pair, less its lowest bit, gives the radius, so that no normal is beyond 6.66.
void random_normals(
    NormalArithmetic arithmetic, const NormalStream *stream, uint64_t first, int64_t count, float *output);

#endif
