// The engine of plateau on libtorch, 1.13 or newer: on the processor, or on a GPU by CUDA. See plateau_torch.h.
#include "plateau_torch.h"

#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/api/include/torch/version.h>

#include <memory>
#include <optional>
#include <string>

#include "Network.h"
#include "Optimiser.h"

using at::Tensor;
using plateau::Network;
using plateau::Optimiser;

struct PlateauTorchImages {
  // [n, height, width, channels], and [n].
  Tensor images, labels;
};

struct PlateauTorchProducts {
  // [n, n], and a number.
  Tensor sum, squaredNorms;
};

struct PlateauTorchEngine {
  Network network;
  const int threads;
  std::optional<Optimiser> optimiser;
  Tensor lower, upper;
  // Images in an evaluation pass: so many that more gain nothing, at about 4 MB each of ResNet-50. Halved where the
  // device has no memory for it.
  int64_t batch = isOnGPU() ? 1024 : 64;

  bool isOnGPU() const { return network.device.is_cuda(); }
};

namespace {

thread_local std::string lastError;

// What is computed in, on every device, until a training says otherwise.
void setPrecision(bool allowsTF32) {
  auto &context = at::globalContext();
  context.setAllowTF32CuDNN(allowsTF32);
  context.setAllowTF32CuBLAS(allowsTF32);
}

// A training in TF32 is so for its steps alone.
struct Precision {
  explicit Precision(bool allowsTF32) { setPrecision(allowsTF32); }
  ~Precision() { setPrecision(false); }
};

template <typename Work>
int32_t guarded(const PlateauTorchEngine *engine, Work work) noexcept {
  try {
    if (engine && at::get_num_threads() != engine->threads) at::set_num_threads(engine->threads);
    return work();
  } catch (const c10::Error &error) {
    lastError = error.what_without_backtrace();
  } catch (const std::exception &error) {
    lastError = error.what();
  } catch (...) {
    lastError = "an exception without a message";
  }
  const bool isMemory = lastError.find("out of memory") != std::string::npos ||
                        lastError.find("can't allocate memory") != std::string::npos ||
                        lastError.find("std::bad_alloc") != std::string::npos;
  // Words that follow the first line are for libtorch's developers.
  lastError = lastError.substr(0, lastError.find('\n'));
  return isMemory ? PlateauTorchOutOfMemory : PlateauTorchFailed;
}

Tensor onDevice(const Network &network, const float *values, int64_t count) {
  return at::from_blob(const_cast<float *>(values), {count}, at::kFloat).to(network.device, at::kFloat, false, true);
}

template <typename Number>
void toHost(const Tensor &source, Number *target) {
  const Tensor flat = source.contiguous().view(-1);
  at::from_blob(target, {flat.numel()}, flat.scalar_type()).copy_(flat);
}

// The examples of a batch, moved as it says, and their labels.
std::pair<Tensor, Tensor> gathered(const PlateauTorchEngine &engine, const PlateauTorchBatch &batch) {
  const auto &held = *static_cast<const PlateauTorchImages *>(batch.images);
  const auto device = engine.network.device;
  const auto copied = [&](const int64_t *numbers, at::IntArrayRef shape) {
    return at::from_blob(const_cast<int64_t *>(numbers), shape, at::kLong).to(device, at::kLong, false, true);
  };
  const Tensor examples = copied(batch.examples, {batch.count});
  const Tensor labels = held.labels.index_select(0, examples);
  if (!batch.moves) return {held.images.index_select(0, examples), labels};
  const int64_t height = held.images.size(1), width = held.images.size(2);
  const Tensor moves = copied(batch.moves, {batch.count, 3});
  const Tensor columns = at::arange(width, moves.options()).unsqueeze(0);
  const Tensor mirrored = moves.select(1, 2).unsqueeze(1);
  const Tensor y = at::arange(height, moves.options()).unsqueeze(0) + moves.select(1, 0).unsqueeze(1);
  const Tensor x = at::where(mirrored != 0, width - 1 - columns, columns) + moves.select(1, 1).unsqueeze(1);
  const Tensor isOutside = ((y < 0) | (y >= height)).unsqueeze(2) | ((x < 0) | (x >= width)).unsqueeze(1);
  Tensor images = at::index(
      held.images, {examples.view({-1, 1, 1}), y.clamp(0, height - 1).unsqueeze(2),
                    x.clamp(0, width - 1).unsqueeze(1)});
  return {images.masked_fill_(isOutside.unsqueeze(3), 0), labels};
}

// The gradient of the mean cross-entropy of a batch, in the network's order.
Tensor gradient(
    PlateauTorchEngine &engine, const PlateauTorchBatch &batch, bool isTraining, int32_t precision,
    float *logits = nullptr) {
  const auto [images, labels] = gathered(engine, batch);
  const Precision during(precision == PlateauTorchTF32);
  Tensor z;
  {
    c10::AutoGradMode isRecorded(true);
    z = engine.network.forward(images, isTraining, precision);
  }
  c10::NoGradGuard isNotRecorded;
  if (logits) toHost(z, logits);
  return engine.network.gradient(z, (z.sigmoid() - labels).div_(double(batch.count)));
}

// Calls `body` with the outputs of images, as many at once as memory allows, in evaluation mode.
template <typename Body>
void evaluate(
    PlateauTorchEngine &engine, const PlateauTorchImages &held, int64_t first, int64_t count, bool wantsFeatures,
    Body body) {
  c10::NoGradGuard isNotRecorded;
  for (int64_t start = 0; start < count;) {
    const int64_t size = std::min(engine.batch, count - start);
    try {
      if (!body(start, engine.network.forward(
                           held.images.narrow(0, first + start, size), false, PlateauTorchFloat32, wantsFeatures)))
        return;
      start += size;
    } catch (const c10::Error &error) {
      if (size == 1 || std::string(error.what()).find("out of memory") == std::string::npos) throw;
      engine.batch = size / 2;
    }
  }
}

int32_t make(
    const PlateauTorchProgram *program, const char *device, int32_t threads, PlateauTorchEngine **engine) {
  return guarded(nullptr, [&] {
    auto &context = at::globalContext();
    setPrecision(false);
    context.setDeterministicCuDNN(true);
    context.setBenchmarkCuDNN(false);
    *engine = new PlateauTorchEngine{Network(*program, at::Device(device)), threads, {}, {}, {}};
    return PlateauTorchDone;
  });
}

int32_t finish(PlateauTorchEngine *engine) {
  return guarded(engine, [&] {
    if (engine->isOnGPU()) at::detail::getCUDAHooks().deviceSynchronize(engine->network.device.index());
    return PlateauTorchDone;
  });
}

int32_t setParameters(PlateauTorchEngine *engine, const float *values) {
  return guarded(engine, [&] {
    c10::NoGradGuard isNotRecorded;
    auto &network = engine->network;
    network.values.copy_(network.reordered(onDevice(network, values, network.count), true));
    return PlateauTorchDone;
  });
}

int32_t parameters(PlateauTorchEngine *engine, float *values) {
  return guarded(engine, [&] {
    c10::NoGradGuard isNotRecorded;
    toHost(engine->network.reordered(engine->network.values, false), values);
    return PlateauTorchDone;
  });
}

int32_t setStatistics(PlateauTorchEngine *engine, const float *values) {
  return guarded(engine, [&] {
    c10::NoGradGuard isNotRecorded;
    engine->network.statistics.copy_(onDevice(engine->network, values, engine->network.statisticCount));
    return PlateauTorchDone;
  });
}

int32_t statistics(PlateauTorchEngine *engine, float *values) {
  return guarded(engine, [&] {
    c10::NoGradGuard isNotRecorded;
    toHost(engine->network.statistics, values);
    return PlateauTorchDone;
  });
}

int32_t hold(
    PlateauTorchEngine *engine, const float *images, const float *labels, int64_t count, PlateauTorchImages **held) {
  return guarded(engine, [&] {
    c10::NoGradGuard isNotRecorded;
    const auto &network = engine->network;
    const Tensor all = onDevice(network, images, count * network.imageSize(0))
                           .view({count, network.shape(0, 0), network.shape(0, 1), network.shape(0, 2)});
    *held = new PlateauTorchImages{all.permute({0, 2, 3, 1}).contiguous(), onDevice(network, labels, count)};
    return PlateauTorchDone;
  });
}

void release(PlateauTorchImages *held) { delete held; }

int32_t outputs(
    PlateauTorchEngine *engine, const PlateauTorchImages *images, int64_t first, int64_t count, bool wantsFeatures,
    float *target) {
  return guarded(engine, [&] {
    const int64_t width = wantsFeatures ? engine->network.featureCount() : 1;
    // Left on the device until all are there: a copy would wait for each batch.
    Tensor all = at::empty({count * width}, engine->network.options());
    evaluate(*engine, *images, first, count, wantsFeatures, [&](int64_t start, const Tensor &outputs) {
      all.narrow(0, start * width, outputs.numel()).copy_(outputs.reshape(-1));
      return true;
    });
    toHost(all, target);
    return PlateauTorchDone;
  });
}

int32_t logits(
    PlateauTorchEngine *engine, const PlateauTorchImages *images, int64_t first, int64_t count, float *target) {
  return outputs(engine, images, first, count, false, target);
}

int32_t features(
    PlateauTorchEngine *engine, const PlateauTorchImages *images, int64_t first, int64_t count, float *target) {
  return outputs(engine, images, first, count, true, target);
}

int32_t gradientOf(
    PlateauTorchEngine *engine, const PlateauTorchBatch *batch, int32_t isTraining, float *logits, float *target) {
  return guarded(engine, [&] {
    const Tensor all = gradient(*engine, *batch, isTraining != 0, PlateauTorchFloat32, logits);
    toHost(engine->network.reordered(all, false), target);
    return PlateauTorchDone;
  });
}

int32_t beginTraining(
    PlateauTorchEngine *engine, const PlateauTorchRule *rule, const PlateauTorchMemory *memory) {
  return guarded(engine, [&] {
    c10::NoGradGuard isNotRecorded;
    const auto &network = engine->network;
    // Freed before the next arrays are made, each as large as the network.
    engine->optimiser.reset();
    engine->lower = engine->upper = Tensor();
    const auto array = [&](const float *values) {
      return values ? network.reordered(onDevice(network, values, network.count), true) : Tensor();
    };
    engine->optimiser.emplace(*rule, memory->steps, array(memory->first), array(memory->second));
    return PlateauTorchDone;
  });
}

int32_t train(PlateauTorchEngine *engine, const PlateauTorchBatch *batch) {
  return guarded(engine, [&] {
    TORCH_CHECK(engine->optimiser, "no training was begun");
    const Tensor g = gradient(*engine, *batch, true, engine->optimiser->rule.precision);
    c10::NoGradGuard isNotRecorded;
    engine->optimiser->step(engine->network.values, g);
    return PlateauTorchDone;
  });
}

int32_t memoryOf(PlateauTorchEngine *engine, PlateauTorchMemory *memory) {
  return guarded(engine, [&] {
    TORCH_CHECK(engine->optimiser, "no training was begun");
    c10::NoGradGuard isNotRecorded;
    const auto &optimiser = *engine->optimiser;
    memory->steps = optimiser.steps;
    if (memory->first) toHost(engine->network.reordered(optimiser.first, false), memory->first);
    if (memory->second) toHost(engine->network.reordered(optimiser.second, false), memory->second);
    return PlateauTorchDone;
  });
}

int32_t beginAscent(PlateauTorchEngine *engine, double halfWidth) {
  return guarded(engine, [&] {
    c10::NoGradGuard isNotRecorded;
    engine->lower = engine->upper = Tensor();
    const Tensor &w = engine->network.values;
    const Tensor reach = (w.abs() + 1).mul_(float(halfWidth));
    engine->lower = w - reach;
    engine->upper = w + reach;
    return PlateauTorchDone;
  });
}

int32_t climb(PlateauTorchEngine *engine, const PlateauTorchBatch *batch, float rate) {
  return guarded(engine, [&] {
    TORCH_CHECK(engine->lower.defined(), "no ascent was begun");
    const Tensor g = gradient(*engine, *batch, false, PlateauTorchFloat32);
    c10::NoGradGuard isNotRecorded;
    // A NaN stays NaN.
    engine->network.values.add_(g, rate).clamp_(engine->lower, engine->upper);
    return PlateauTorchDone;
  });
}

void endAscent(PlateauTorchEngine *engine) { engine->lower = engine->upper = Tensor(); }

int32_t beginProducts(
    PlateauTorchEngine *engine, int64_t count, const double *sum, double squaredNorms,
    PlateauTorchProducts **products) {
  return guarded(engine, [&] {
    const auto &network = engine->network;
    const auto options = network.options().dtype(at::kDouble);
    *products = new PlateauTorchProducts{
        at::from_blob(const_cast<double *>(sum), {count, count}, at::kDouble)
            .to(network.device, at::kDouble, false, true),
        at::full({}, squaredNorms, options)};
    return PlateauTorchDone;
  });
}

int32_t addProducts(
    PlateauTorchEngine *engine, const PlateauTorchImages *images, PlateauTorchProducts *products,
    int32_t (*isCancelled)(void *), void *context) {
  return guarded(engine, [&] {
    c10::NoGradGuard isNotRecorded;
    const int64_t count = images->labels.size(0), width = engine->network.featureCount();
    Tensor all = at::empty({count, width}, engine->network.options());
    bool isStopped = false;
    evaluate(*engine, *images, 0, count, true, [&](int64_t start, const Tensor &features) {
      all.narrow(0, start, features.size(0)).copy_(features);
      isStopped = isCancelled(context) != 0;
      return !isStopped;
    });
    if (isStopped) return PlateauTorchCancelled;
    const Tensor h = all.to(at::kDouble);
    const Tensor product = h.matmul(h.t()).div_(double(width));
    products->sum.add_(product);
    products->squaredNorms.add_(product.pow(2).sum());
    return PlateauTorchDone;
  });
}

int32_t productsOf(
    PlateauTorchEngine *engine, const PlateauTorchProducts *products, double *sum, double *squaredNorms) {
  return guarded(engine, [&] {
    toHost(products->sum, sum);
    *squaredNorms = products->squaredNorms.item<double>();
    return PlateauTorchDone;
  });
}

}  // namespace

__attribute__((visibility("default"))) const PlateauTorchInterface *plateau_torch_interface(void) {
  static const PlateauTorchInterface table = {
      .interface = PLATEAU_TORCH_INTERFACE,
      .torch = TORCH_VERSION,
      .error = [] { return lastError.c_str(); },
      .gpus = []() -> int32_t { return at::hasCUDA() ? at::detail::getCUDAHooks().getNumGPUs() : 0; },
      .cuda = []() -> int64_t {
        const auto &hooks = at::detail::getCUDAHooks();
        return hooks.hasCUDART() ? hooks.versionCUDART() : 0;
      },
      .cudnn = []() -> int64_t {
        const auto &hooks = at::detail::getCUDAHooks();
        return hooks.compiledWithCuDNN() ? hooks.versionCuDNN() : 0;
      },
      .make = make,
      .destroy = [](PlateauTorchEngine *engine) { delete engine; },
      .finish = finish,
      .setParameters = setParameters,
      .parameters = parameters,
      .setStatistics = setStatistics,
      .statistics = statistics,
      .hold = hold,
      .release = release,
      .logits = logits,
      .features = features,
      .gradient = gradientOf,
      .beginTraining = beginTraining,
      .train = train,
      .memory = memoryOf,
      .beginAscent = beginAscent,
      .climb = climb,
      .endAscent = endAscent,
      .beginProducts = beginProducts,
      .addProducts = addProducts,
      .count = [](const PlateauTorchProducts *products) -> int64_t { return products->sum.size(0); },
      .products = productsOf,
      .releaseProducts = [](PlateauTorchProducts *products) { delete products; },
  };
  return &table;
}
