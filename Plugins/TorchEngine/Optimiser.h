// The steps of a training: the rules of COptimiserSteps, on the arrays of a device.
#pragma once

#include <ATen/ATen.h>

#include <cfloat>
#include <cmath>
#include <stdexcept>

#include "plateau_torch.h"

namespace plateau {

using at::Tensor;

class Optimiser {
 public:
  Optimiser(const PlateauTorchRule &rule, int64_t steps, Tensor first, Tensor second)
      : rule(rule), steps(steps), first(std::move(first)), second(std::move(second)) {}

  const PlateauTorchRule rule;
  int64_t steps;
  // As the parameters; undefined where the rule has none.
  Tensor first, second;

  void step(Tensor &w, const Tensor &g) {
    steps += 1;
    const float rate = float(rule.rate);
    switch (rule.kind) {
      case PlateauTorchSGD: w.sub_(g, rate); break;
      case PlateauTorchMomentum:
        flush(first.mul_(float(rule.first)).add_(g));
        w.sub_(first, rate);
        break;
      case PlateauTorchAdam: {
        flush(first.lerp_(g, 1 - float(rule.first)));
        flush(second.lerp_(g * g, 1 - float(rule.second)));
        const double corrected =
            rule.rate * std::sqrt(1 - std::pow(rule.second, steps)) / (1 - std::pow(rule.first, steps));
        w.addcdiv_(first, second.sqrt().add_(float(rule.epsilon)), -float(corrected));
        break;
      }
      case PlateauTorchAdagrad:
        second.addcmul_(g, g);
        // An accumulator that starts at 0 has 0/0 where no gradient came yet.
        w.sub_((g / second.sqrt()).masked_fill_(second == 0, 0), rate);
        break;
      case PlateauTorchRMSProp:
        flush(second.lerp_(g * g, 1 - float(rule.first)));
        w.addcdiv_(g, (second + float(rule.epsilon)).sqrt_(), -rate);
        break;
      default: throw std::invalid_argument("the plug-in has no such optimiser");
    }
  }

 private:
  // As on the processor: a running mean of what stays 0 does not sink to subnormal numbers.
  static void flush(Tensor &mean) { mean.masked_fill_(mean.abs() < FLT_MIN, 0); }
};

}  // namespace plateau
