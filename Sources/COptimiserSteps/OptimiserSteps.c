#include "COptimiserSteps.h"

#include <float.h>

// The compiler would fuse products and sums on some processors only.
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

// Where g stays 0, as in the weights of a unit that is off on every image, a running mean of it sinks to
// subnormal numbers and stays among them, and each operation on those costs a hundred times as much. A step
// of such a mean is below 1e-30, and rounds to none. A NaN stays.
INLINE float flushed(float mean) { return __builtin_fabsf(mean) < FLT_MIN ? 0.0f : mean; }

// C's sqrtf has to set errno below 0, and no loop with it becomes one of vector instructions.
INLINE float root(float x) { return __builtin_elementwise_sqrt(x); }

// `STEP(name, parameters, arguments, body)` defines a step: `body` for each i, once for each instruction set.
#if defined(__x86_64__)
#define STEP(name, parameters, arguments, body) \
  INLINE void name##_each parameters { \
    for (int64_t i = 0; i < count; i++) body \
  } \
  __attribute__((target("avx2"))) static void name##_avx2 parameters { name##_each arguments; } \
  static void name##_portable parameters { name##_each arguments; }
#define CALL(name, arguments) \
  if (arithmetic == StepArithmeticAVX2) \
    name##_avx2 arguments; \
  else \
    name##_portable arguments
#else
#define STEP(name, parameters, arguments, body) \
  static void name##_portable parameters { \
    for (int64_t i = 0; i < count; i++) body \
  }
#define CALL(name, arguments) \
  (void)arithmetic; \
  name##_portable arguments
#endif

StepArithmetic step_fastest_arithmetic(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return StepArithmeticAVX2;
#endif
  return StepArithmeticPortable;
}

STEP(plain, (int64_t count, float *restrict w, const float *restrict g, float rate), (count, w, g, rate), {
  w[i] -= rate * g[i];
})

void step_plain(StepArithmetic arithmetic, int64_t count, float *w, const float *g, float rate) {
  CALL(plain, (count, w, g, rate));
}

STEP(
    momentum,
    (int64_t count, float *restrict w, const float *restrict g, float *restrict m, float rate,
     float momentum),
    (count, w, g, m, rate, momentum), {
      m[i] = flushed(momentum * m[i] + g[i]);
      w[i] -= rate * m[i];
    })

void step_momentum(
    StepArithmetic arithmetic, int64_t count, float *w, const float *g, float *m, float rate,
    float momentum) {
  CALL(momentum, (count, w, g, m, rate, momentum));
}

STEP(
    adam,
    (int64_t count, float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
     float rate, float share1, float share2, float epsilon),
    (count, w, g, m, v, rate, share1, share2, epsilon), {
      m[i] = flushed(m[i] + share1 * (g[i] - m[i]));
      v[i] = flushed(v[i] + share2 * (g[i] * g[i] - v[i]));
      w[i] -= rate * m[i] / (root(v[i]) + epsilon);
    })

void step_adam(
    StepArithmetic arithmetic, int64_t count, float *w, const float *g, float *m, float *v, float rate,
    float share1, float share2, float epsilon) {
  CALL(adam, (count, w, g, m, v, rate, share1, share2, epsilon));
}

STEP(
    adagrad, (int64_t count, float *restrict w, const float *restrict g, float *restrict v, float rate),
    (count, w, g, v, rate), {
      v[i] += g[i] * g[i];
      // An accumulator that starts at 0 has 0/0 where no gradient came yet.
      w[i] -= v[i] != 0 ? rate * g[i] / root(v[i]) : 0;
    })

void step_adagrad(StepArithmetic arithmetic, int64_t count, float *w, const float *g, float *v, float rate) {
  CALL(adagrad, (count, w, g, v, rate));
}

STEP(
    rmsprop,
    (int64_t count, float *restrict w, const float *restrict g, float *restrict v, float rate, float share,
     float epsilon),
    (count, w, g, v, rate, share, epsilon), {
      v[i] = flushed(v[i] + share * (g[i] * g[i] - v[i]));
      w[i] -= rate * g[i] / root(v[i] + epsilon);
    })

void step_rmsprop(
    StepArithmetic arithmetic, int64_t count, float *w, const float *g, float *v, float rate, float share,
    float epsilon) {
  CALL(rmsprop, (count, w, g, v, rate, share, epsilon));
}

STEP(
    langevin,
    (int64_t count, float *restrict x, const float *restrict w, const float *restrict g,
     const float *restrict noise, float *restrict mean, float rate, float scope, float deviation,
     float averaging),
    (count, x, w, g, noise, mean, rate, scope, deviation, averaging), {
      x[i] = x[i] - rate * (g[i] - scope * (w[i] - x[i])) + deviation * noise[i];
      mean[i] += averaging * (x[i] - mean[i]);
    })

void step_langevin(
    StepArithmetic arithmetic, int64_t count, float *x, const float *w, const float *g, const float *noise,
    float *mean, float rate, float scope, float deviation, float averaging) {
  CALL(langevin, (count, x, w, g, noise, mean, rate, scope, deviation, averaging));
}

// In this order of comparisons a NaN of w stays.
INLINE float clipped(float w, float centre, float zeta) {
  const float half_width = zeta * (__builtin_fabsf(centre) + 1);
  const float lower = centre - half_width, upper = centre + half_width;
  const float raised = lower > w ? lower : w;
  return upper < raised ? upper : raised;
}

STEP(
    clip, (int64_t count, float *restrict w, const float *restrict centre, float zeta),
    (count, w, centre, zeta), { w[i] = clipped(w[i], centre[i], zeta); })

void step_clip(StepArithmetic arithmetic, int64_t count, float *w, const float *centre, float zeta) {
  CALL(clip, (count, w, centre, zeta));
}

STEP(
    climb,
    (int64_t count, float *restrict w, const float *restrict g, const float *restrict centre, float rate,
     float zeta),
    (count, w, g, centre, rate, zeta), { w[i] = clipped(w[i] + rate * g[i], centre[i], zeta); })

void step_climb(
    StepArithmetic arithmetic, int64_t count, float *w, const float *g, const float *centre, float rate,
    float zeta) {
  CALL(climb, (count, w, g, centre, rate, zeta));
}
