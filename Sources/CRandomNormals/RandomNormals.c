#include "CRandomNormals.h"

#include <string.h>

// A product and a sum are fused where the code says so and nowhere else: the compiler would do it on some
// processors only.
#pragma STDC FP_CONTRACT OFF
// Vectors are passed between functions that are all inlined: how they would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES 16

typedef float Floats __attribute__((ext_vector_type(LANES), aligned(4)));
typedef int32_t Integers __attribute__((ext_vector_type(LANES), aligned(4)));
typedef uint32_t Words __attribute__((ext_vector_type(LANES), aligned(4)));
typedef uint64_t Wide __attribute__((ext_vector_type(LANES / 2)));

#define INLINE static inline __attribute__((always_inline))

INLINE Floats fma16(Floats a, Floats b, Floats c) { return __builtin_elementwise_fma(a, b, c); }

// MARK: Random words

// Eight blocks of Philox4x32-10, each of its words in the lower half of a 64-bit lane. What stands in the
// upper halves does not matter until the end: the multiplication reads the lower ones.
typedef struct {
  Wide c0, c1, c2, c3;
} Blocks;

INLINE Wide product(Wide word, uint32_t factor) { return (word & (Wide)0xFFFFFFFFu) * (Wide)factor; }

INLINE Wide everywhere(uint32_t word) { return (Wide)(uint64_t)word; }

#define PHILOX_M0 0xD2511F53u
#define PHILOX_M1 0xCD9E8D57u
#define PHILOX_K0 0x9E3779B9u
#define PHILOX_K1 0xBB67AE85u

// Eight blocks whose lowest counter words are `lowest`, and whose other words are equal. What is equal in all
// blocks is worked out once: half of the first two rounds.
INLINE Blocks philox(const NormalStream *stream, Wide lowest, uint32_t upper) {
  uint32_t k0 = stream->key[0], k1 = stream->key[1];
  const uint64_t equal1 = (uint64_t)stream->upperCounter[0] * PHILOX_M1;
  const uint64_t equal0 = (uint64_t)((uint32_t)(equal1 >> 32) ^ upper ^ k0) * PHILOX_M0;
  const Wide first = product(lowest, PHILOX_M0);
  const Wide second = product((first >> 32) ^ everywhere(stream->upperCounter[1] ^ k1), PHILOX_M1);
  k0 += PHILOX_K0;
  k1 += PHILOX_K1;
  Blocks c = {
      (second >> 32) ^ everywhere((uint32_t)equal1 ^ k0), second,
      first ^ everywhere((uint32_t)(equal0 >> 32) ^ k1), everywhere((uint32_t)equal0)};
#pragma clang loop unroll(full)
  for (int round = 2; round < 10; round++) {
    k0 += PHILOX_K0;
    k1 += PHILOX_K1;
    const Wide p0 = product(c.c0, PHILOX_M0), p1 = product(c.c2, PHILOX_M1);
    c = (Blocks){(p1 >> 32) ^ c.c1 ^ everywhere(k0), p1, (p0 >> 32) ^ c.c3 ^ everywhere(k1), p0};
  }
  return c;
}

INLINE Words woven(Wide even, Wide odd) {
  const Wide both = (even & (Wide)0xFFFFFFFFu) | (odd << 32);
  return (Words)both;
}

// The four words of the sixteen blocks from `block` on, a multiple of 16.
INLINE void random_words(const NormalStream *stream, uint64_t block, Words words[4]) {
  // The lowest four bits of `block` are 0, so that nothing is carried into its upper word.
  const Wide even = (Wide)(block & 0xFFFFFFFFu) | (Wide){0, 2, 4, 6, 8, 10, 12, 14};
  const Blocks a = philox(stream, even, (uint32_t)(block >> 32));
  const Blocks b = philox(stream, even | 1, (uint32_t)(block >> 32));
  words[0] = woven(a.c0, b.c0);
  words[1] = woven(a.c1, b.c1);
  words[2] = woven(a.c2, b.c2);
  words[3] = woven(a.c3, b.c3);
}

// MARK: Normals

// -2 ln u for u in (0, 1], from the exponent and the mantissa in [1/sqrt 2, sqrt 2). The polynomials here and
// below are minimax fits of their own (Lawson's iteration); the error is a few units of the last place.
INLINE Floats squared_radius(Floats u) {
  Integers bits = (Integers)u;
  const Integers exponent = (bits - 0x3F3504F3) >> 23;
  bits -= exponent << 23;
  const Floats x = (Floats)bits - 1.0f;
  Floats p = (Floats)-0x1.6d46a0p-3f;
  p = fma16(p, x, (Floats)0x1.25e462p-2f);
  p = fma16(p, x, (Floats)-0x1.30ae20p-2f);
  p = fma16(p, x, (Floats)0x1.5343a2p-2f);
  p = fma16(p, x, (Floats)-0x1.98e430p-2f);
  p = fma16(p, x, (Floats)0x1.000494p-1f);
  p = fma16(p, x, (Floats)-0x1.5556b6p-1f);
  const Floats square = x * x;
  const Floats tail = fma16(p * square, x, square);
  const Floats e = __builtin_convertvector(exponent, Floats);
  // -2 ln 2 in two parts, the first with few enough bits for an exact product.
  const Floats rest = fma16((Floats)-2.0f, x, fma16(e, (Floats)-0x1.7f7d1cp-19f, tail));
  return fma16(e, (Floats)-0x1.62e400p-0f, rest);
}

// sqrt(-2 ln u) cos and sin of 2 pi v, with u = (k + 1/2) / 2^31 of the radius word's upper 31 bits k, and v
// the angle word as a signed part of a turn.
INLINE void box_muller(Words radiusWord, Words angleWord, Floats *first, Floats *second) {
  const Floats k = __builtin_convertvector((Integers)(radiusWord >> 1), Floats);
  const Floats u = fma16(k, (Floats)0x1p-31f, (Floats)0x1p-32f);
  const Floats radius = __builtin_elementwise_sqrt(squared_radius(u));
  // The nearest quarter turn, in the upper two bits, and what is left of it: at most an eighth of a turn.
  const Words quarter = angleWord + 0x20000000u;
  const Integers rest = (Integers)(angleWord - (quarter & 0xC0000000u));
  const Floats t = __builtin_convertvector(rest, Floats) * (Floats)0x1p-32f;
  const Floats square = t * t;
  Floats sine = (Floats)-0x1.2d9bb8p+6f;
  sine = fma16(sine, square, (Floats)0x1.465ec6p+6f);
  sine = fma16(sine, square, (Floats)-0x1.4abbbap+5f);
  sine = fma16(sine, square, (Floats)0x1.921fb6p+2f);
  sine = sine * t;
  Floats cosine = (Floats)0x1.d9c366p+5f;
  cosine = fma16(cosine, square, (Floats)-0x1.55c57cp+6f);
  cosine = fma16(cosine, square, (Floats)0x1.03c1dcp+6f);
  cosine = fma16(cosine, square, (Floats)-0x1.3bd3ccp+4f);
  cosine = fma16(cosine, square, (Floats)1.0f);
  // cos(x + q pi/2), sin(x + q pi/2): odd quarters change places, and two bits give the signs.
  const Integers isOdd = (Integers)(quarter << 1) < 0;
  const Words cosineBits = isOdd ? (Words)sine : (Words)cosine;
  const Words sineBits = isOdd ? (Words)cosine : (Words)sine;
  *first = radius * (Floats)(cosineBits ^ ((quarter + 0x40000000u) & 0x80000000u));
  *second = radius * (Floats)(sineBits ^ (quarter & 0x80000000u));
}

// All words of some groups, and then their normals in the same place: so a processor, which looks ahead a few
// hundred instructions, has several independent groups in view, whose chains of instructions are long.
INLINE void normals(const NormalStream *stream, uint64_t first, int64_t count, float *output) {
  while (count > 0) {
    const int64_t groups = count < 32 ? count : 32;
    for (int64_t group = 0; group < groups; group++) {
      Words words[4];
      random_words(stream, (first + (uint64_t)group) * 16, words);
      memcpy(output + group * NORMAL_GROUP, words, sizeof words);
    }
    for (int64_t pair = 0; pair < 2 * groups; pair++) {
      Words words[2];
      Floats *place = (Floats *)(output + pair * NORMAL_GROUP / 2);
      memcpy(words, place, sizeof words);
      box_muller(words[0], words[1], &place[0], &place[1]);
    }
    first += (uint64_t)groups;
    output += groups * NORMAL_GROUP;
    count -= groups;
  }
}

// MARK: One version for each instruction set

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
#define AVX512 __attribute__((target("avx2,fma,avx512f,avx512dq,avx512bw,avx512vl"), min_vector_width(512)))

AVX2 static void normals_avx2(const NormalStream *stream, uint64_t first, int64_t count, float *output) {
  normals(stream, first, count, output);
}

AVX512 static void normals_avx512(const NormalStream *stream, uint64_t first, int64_t count, float *output) {
  normals(stream, first, count, output);
}
#endif

NormalArithmetic normal_fastest_arithmetic(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
      return NormalArithmeticAVX512;
    return NormalArithmeticAVX2;
  }
#endif
  return NormalArithmeticPortable;
}

void random_normals(
    NormalArithmetic arithmetic, const NormalStream *stream, uint64_t first, int64_t count, float *output) {
#if defined(__x86_64__)
  if (arithmetic == NormalArithmeticAVX512) return normals_avx512(stream, first, count, output);
  if (arithmetic == NormalArithmeticAVX2) return normals_avx2(stream, first, count, output);
#endif
  // Without a fused multiply-add in the instruction set the compiler calls fmaf, which rounds the same.
  normals(stream, first, count, output);
}
