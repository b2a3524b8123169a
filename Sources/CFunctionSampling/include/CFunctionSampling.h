// Random functions of Boolean variables: a fully connected ReLU network with independent Gaussian weights,
// read off at all 2^n inputs, again and again.
//
// The random numbers are those of Philox4x32-10 by counter, so that sample number i is the same whoever draws
// it. Every sum is taken in one fixed order, with one fused multiply-add for each product; the width of the
// vectors does not enter that order, and what is left out of a sum would add zero. So the functions are the
// same bits on every processor and on every path.
#ifndef PLATEAU_CFUNCTIONSAMPLING_H
#define PLATEAU_CFUNCTIONSAMPLING_H

#include <stdint.h>

#include "CRandomNormals.h"

/// A network of n Boolean variables: its hidden widths, input to output, and the standard deviations of its
/// weights, each already divided by the root of the layer's inputs, and of its biases.
typedef struct {
  int32_t variables;
  int32_t layers;
  const int32_t *widths;
  /// One for each hidden layer and one for the output.
  const float *weightDeviations;
  float biasDeviation;
} SampledNetwork;

/// Floats that `workspace` of `sample_functions` must hold; it should begin at a multiple of 64 bytes.
int64_t sampling_workspace_size(const SampledNetwork *network);

/// Groups of normals that one network takes.
int64_t sampling_groups(const SampledNetwork *network);

/// The functions of the networks `first` up to, not including, `first + count`, two words each.
///
/// Network number i takes the groups of normals from i times `sampling_groups` on: layer by layer, of each
/// layer the weights unit by unit, then the biases; last the output's. Bit i of a function, counted from the
/// lowest of the first word, is 1 where the logit on input i is at least 0. Coordinate j of input i
/// is bit n - 1 - j of i; n is at most 7.
void sample_functions(
    NormalArithmetic arithmetic, const NormalStream *stream, const SampledNetwork *network, uint64_t first,
    int64_t count, float *workspace, uint64_t *functions);

#endif
