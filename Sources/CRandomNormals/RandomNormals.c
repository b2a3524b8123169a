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
INLINE void philox_round(Wide c[4], uint32_t k0, uint32_t k1) {
  const Wide low = (Wide)0xFFFFFFFFu;
  const Wide p0 = (c[0] & low) * (Wide)0xD2511F53u;
  const Wide p1 = (c[2] & low) * (Wide)0xCD9E8D57u;
  c[0] = (p1 >> 32) ^ c[1] ^ (Wide)k0;
  c[1] = p1;
  c[2] = (p0 >> 32) ^ c[3] ^ (Wide)k1;
  c[3] = p0;
}

// The four words of the sixteen blocks from `block` on, a multiple of 16.
INLINE void random_words(const NormalStream *stream, uint64_t block, Words words[4]) {
  const Wide even = {0, 2, 4, 6, 8, 10, 12, 14};
  Wide a[4], b[4];
  // The lowest four bits of `block` are 0, so that nothing is carried into its upper word.
  a[0] = (Wide)(block & 0xFFFFFFFFu) | even;
  b[0] = a[0] | 1;
  a[1] = b[1] = (Wide)(block >> 32);
  a[2] = b[2] = (Wide)stream->upperCounter[0];
  a[3] = b[3] = (Wide)stream->upperCounter[1];
  uint32_t k0 = stream->key[0], k1 = stream->key[1];
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    philox_round(a, k0, k1);
    philox_round(b, k0, k1);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
#pragma clang loop unroll(full)
  for (int w = 0; w < 4; w++) {
    const Wide both = (a[w] & (Wide)0xFFFFFFFFu) | (b[w] << 32);
    memcpy(&words[w], &both, sizeof both);
  }
}

// MARK: Normals

// ln u for u in (0, 1], as exponent and mantissa in [1/sqrt 2, sqrt 2). The polynomials here and below are
// minimax fits of their own (Lawson's iteration); the error is a few units of the last place.
INLINE Floats natural_logarithm(Floats u) {
  Integers bits = (Integers)u;
  const Integers exponent = (bits - 0x3F3504F3) >> 23;
  bits -= exponent << 23;
  const Floats x = (Floats)bits - 1.0f;
  Floats p = (Floats)0x1.6d46a0p-4f;
  p = fma16(p, x, (Floats)-0x1.25e462p-3f);
  p = fma16(p, x, (Floats)0x1.30ae20p-3f);
  p = fma16(p, x, (Floats)-0x1.5343a2p-3f);
  p = fma16(p, x, (Floats)0x1.98e430p-3f);
  p = fma16(p, x, (Floats)-0x1.000494p-2f);
  p = fma16(p, x, (Floats)0x1.5556b6p-2f);
  const Floats square = x * x;
  const Floats tail = fma16(p * square, x, (Floats)-0.5f * square);
  const Floats e = __builtin_convertvector(exponent, Floats);
  // ln 2 in two parts, the first with few enough bits for an exact product.
  return fma16(e, (Floats)0x1.62e400p-1f, x + fma16(e, (Floats)0x1.7f7d1cp-20f, tail));
}

// sqrt(-2 ln u) cos and sin of 2 pi v, with u = (k + 1/2) / 2^31 of the radius word's upper 31 bits k, and v
// the angle word as a signed part of a turn.
INLINE void box_muller(Words radiusWord, Words angleWord, Floats *first, Floats *second) {
  const Floats k = __builtin_convertvector((Integers)(radiusWord >> 1), Floats);
  const Floats u = fma16(k, (Floats)0x1p-31f, (Floats)0x1p-32f);
  const Floats radius = __builtin_elementwise_sqrt((Floats)-2.0f * natural_logarithm(u));
  // The nearest quarter turn, and what is left of it: at most an eighth of a turn.
  const Integers quarter = (Integers)(angleWord + 0x20000000u) >> 30;
  const Integers rest = (Integers)(angleWord - ((Words)quarter << 30));
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
  const Integers isOdd = (quarter & 1) != 0;
  const Integers cosineBits = isOdd ? (Integers)sine : (Integers)cosine;
  const Integers sineBits = isOdd ? (Integers)cosine : (Integers)sine;
  const Integers cosineSign = ((quarter + 1) & 2) << 30;
  const Integers sineSign = (quarter & 2) << 30;
  *first = radius * (Floats)(cosineBits ^ cosineSign);
  *second = radius * (Floats)(sineBits ^ sineSign);
}

INLINE void normals(const NormalStream *stream, uint64_t first, int64_t count, float *output) {
  for (int64_t group = 0; group < count; group++, output += NORMAL_GROUP) {
    Words words[4];
    random_words(stream, (first + (uint64_t)group) * 16, words);
    Floats *place = (Floats *)output;
    box_muller(words[0], words[1], &place[0], &place[1]);
    box_muller(words[2], words[3], &place[2], &place[3]);
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
