// The steps of optimisers, one number after the other: for each i the equations of `OptimiserRule`, in
// Float32 and in the order that stands here.
//
// No product is fused with a sum, and a square root is rounded correctly: the results are the same bits on
// every processor.
#ifndef PLATEAU_COPTIMISERSTEPS_H
#define PLATEAU_COPTIMISERSTEPS_H

#include <stdint.h>

/// How the arithmetic is done; the bits of the result are the same.
typedef enum {
  StepArithmeticPortable = 0,
  StepArithmeticAVX2 = 1,
} StepArithmetic;

/// The fastest arithmetic of this processor.
StepArithmetic step_fastest_arithmetic(void);

/// w -= rate g
void step_plain(StepArithmetic arithmetic, int64_t count, float *w, const float *g, float rate);

/// m = momentum m + g, w -= rate m; a subnormal m becomes 0.
void step_momentum(
    StepArithmetic arithmetic, int64_t count, float *w, const float *g, float *m, float rate,
    float momentum);

/// m += share1 (g - m), v += share2 (g g - v), w -= rate m / (sqrt(v) + epsilon); subnormal means become 0.
void step_adam(
    StepArithmetic arithmetic, int64_t count, float *w, const float *g, float *m, float *v, float rate,
    float share1, float share2, float epsilon);

/// v += g g, w -= rate g / sqrt(v) where v is not 0.
void step_adagrad(StepArithmetic arithmetic, int64_t count, float *w, const float *g, float *v, float rate);

/// v += share (g g - v), w -= rate g / sqrt(v + epsilon); a subnormal v becomes 0.
void step_rmsprop(
    StepArithmetic arithmetic, int64_t count, float *w, const float *g, float *v, float rate, float share,
    float epsilon);

/// x += deviation noise - rate (g - scope (w - x)), mean += averaging (x - mean): Langevin dynamics of x
/// around w.
void step_langevin(
    StepArithmetic arithmetic, int64_t count, float *x, const float *w, const float *g, const float *noise,
    float *mean, float rate, float scope, float deviation, float averaging);

/// w is clipped to |w - centre| <= zeta (|centre| + 1); a NaN stays.
void step_clip(StepArithmetic arithmetic, int64_t count, float *w, const float *centre, float zeta);

/// w += rate g, and then as step_clip.
void step_climb(
    StepArithmetic arithmetic, int64_t count, float *w, const float *g, const float *centre, float rate,
    float zeta);

#endif
