// A program's network on a device: parameters, statistics, forward and backward passes.
#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <vector>

#include "plateau_torch.h"

namespace plateau {

using at::Tensor;

// Parameters lie in one array, each convolution's weights as [outputs, kernel, kernel, inputs]: channels last, as the
// activations. So an optimiser's step is a few operations on the whole array, whatever the number of layers.
class Network {
 public:
  Network(const PlateauTorchProgram &program, at::Device device)
      : device(device),
        operations(program.operations, program.operations + program.operationCount),
        shapes(program.shapes, program.shapes + 3 * program.activationCount),
        momentum(program.momentum),
        epsilon(program.epsilon) {
    for (const auto &operation : operations) {
      switch (operation.kind) {
        case PlateauTorchConvolution:
          addPart({operation.outputs, shape(operation.input, 0), operation.kernel, operation.kernel});
          break;
        case PlateauTorchNormalisation:
          for (int i = 0; i < 2; i++) addPart({shape(operation.input, 0)});
          statisticCount += 2 * shape(operation.input, 0);
          break;
        case PlateauTorchLinear:
          addPart({imageSize(operation.input)});
          addPart({1});
          break;
        default: break;
      }
    }
    values = at::zeros({count}, options());
    statistics = at::zeros({statisticCount}, options());
    for (const auto &part : parts) parameters.push_back(view(values, part).detach().set_requires_grad(true));
    lastUse.assign(program.activationCount, -1);
    for (size_t i = 0; i < operations.size(); i++) {
      lastUse[operations[i].input] = int(i);
      lastUse[operations[i].output] = int(i);
    }
  }

  const at::Device device;
  // All parameters, and the running means and variances.
  Tensor values, statistics;
  int64_t count = 0;
  int64_t statisticCount = 0;

  at::TensorOptions options() const { return at::TensorOptions().dtype(at::kFloat).device(device); }
  int64_t shape(int32_t activation, int axis) const { return shapes[3 * activation + axis]; }
  int64_t imageSize(int32_t activation) const {
    return shape(activation, 0) * shape(activation, 1) * shape(activation, 2);
  }
  int64_t featureCount() const { return imageSize(operations.back().input); }

  // From the program's order to this one, and back.
  Tensor reordered(const Tensor &source, bool isFromProgram) const {
    Tensor target = at::empty_like(source);
    for (const auto &part : parts) {
      Tensor ours = view(isFromProgram ? target : source, part);
      Tensor theirs = (isFromProgram ? source : target).narrow(0, part.start, part.size).view(part.shape);
      if (isFromProgram) {
        ours.copy_(theirs);
      } else {
        theirs.copy_(ours);
      }
    }
    return target;
  }

  // Images as [n, height, width, channels], to logits [n]; or to the features [n, featureCount].
  Tensor forward(const Tensor &images, bool isTraining, int32_t precision, bool wantsFeatures = false) {
    std::vector<Tensor> activations(shapes.size() / 3);
    activations[0] = images.permute({0, 3, 1, 2});
    const bool isHalf = precision == PlateauTorchBFloat16;
    size_t parameter = 0;
    int64_t statistic = 0;
    for (size_t i = 0; i < operations.size(); i++) {
      const auto &operation = operations[i];
      const Tensor input = activations[operation.input];
      Tensor &output = activations[operation.output];
      switch (operation.kind) {
        case PlateauTorchConvolution: {
          const Tensor &weights = parameters[parameter++];
          output = at::conv2d(
              isHalf ? input.to(at::kBFloat16) : input, isHalf ? weights.to(at::kBFloat16) : weights, {},
              operation.stride, operation.padding);
          break;
        }
        case PlateauTorchNormalisation: {
          const int64_t channels = shape(operation.input, 0);
          const Tensor mean = statistics.narrow(0, statistic, channels);
          const Tensor variance = statistics.narrow(0, statistic + channels, channels);
          output = at::batch_norm(
              input, parameters[parameter], parameters[parameter + 1], mean, variance, isTraining, momentum,
              epsilon, true);
          if (operation.rectified) output.relu_();
          parameter += 2;
          statistic += 2 * channels;
          break;
        }
        case PlateauTorchShortcut: output.add_(input).relu_(); break;
        case PlateauTorchAveragePool: output = input.mean({2, 3}, true); break;
        case PlateauTorchLinear: {
          const Tensor features = input.reshape({input.size(0), -1}).to(at::kFloat);
          if (wantsFeatures) return features;
          output = features.matmul(parameters[parameter]) + parameters[parameter + 1];
          parameter += 2;
          break;
        }
      }
      if (lastUse[operation.input] == int(i)) activations[operation.input] = Tensor();
    }
    return activations[operations.back().output];
  }

  // The gradient by all parameters, in this order, from the derivatives of the loss by the logits.
  Tensor gradient(const Tensor &logits, const Tensor &derivatives) const {
    const auto gradients = torch::autograd::grad({logits}, parameters, {derivatives});
    std::vector<Tensor> flat;
    flat.reserve(parts.size());
    for (size_t i = 0; i < parts.size(); i++) {
      flat.push_back(
          parts[i].shape.size() == 4 ? gradients[i].permute({0, 2, 3, 1}).reshape(-1) : gradients[i].reshape(-1));
    }
    return at::cat(flat);
  }

 private:
  struct Part {
    int64_t start, size;
    std::vector<int64_t> shape;
  };

  const std::vector<PlateauTorchOperation> operations;
  const std::vector<int32_t> shapes;
  const double momentum, epsilon;
  std::vector<Part> parts;
  std::vector<Tensor> parameters;
  std::vector<int> lastUse;

  void addPart(std::vector<int64_t> shape) {
    int64_t size = 1;
    for (int64_t length : shape) size *= length;
    parts.push_back({count, size, std::move(shape)});
    count += size;
  }

  static Tensor view(const Tensor &all, const Part &part) {
    const Tensor flat = all.narrow(0, part.start, part.size);
    if (part.shape.size() != 4) return flat.view(part.shape);
    return flat.view({part.shape[0], part.shape[2], part.shape[3], part.shape[1]}).permute({0, 3, 1, 2});
  }
};

}  // namespace plateau
