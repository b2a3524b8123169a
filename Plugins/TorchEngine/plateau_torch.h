// The interface between plateau and its engine on libtorch: a table of functions that the plug-in exports.
//
// Arrays are the host's, row-major Float32 in the program's order. A function gives 0, or a failure whose words `error`
// tells on the same thread. Work on a GPU may go on after a function has returned; it is done when one that gives
// numbers, or `finish`, has. An engine serves one thread at a time.
#ifndef PLATEAU_TORCH_H
#define PLATEAU_TORCH_H

#include <stdint.h>

// Changes with whatever is below.
#define PLATEAU_TORCH_INTERFACE 1

enum {
  PlateauTorchDone = 0,
  PlateauTorchFailed = 1,
  PlateauTorchOutOfMemory = 2,
  // The caller's question was answered by a yes.
  PlateauTorchCancelled = 3,
};

enum {
  PlateauTorchConvolution,
  PlateauTorchNormalisation,
  PlateauTorchShortcut,
  PlateauTorchAveragePool,
  PlateauTorchLinear,
};

// One operation of a program; activations by their numbers, 0 for the images.
typedef struct {
  int32_t kind;
  // Of a shortcut: what is added.
  int32_t input;
  // Of a shortcut: to what it is added, before max(0, ·).
  int32_t output;
  // Of a convolution.
  int32_t outputs, kernel, stride, padding;
  // Of a normalisation: whether max(0, ·) follows.
  int32_t rectified;
} PlateauTorchOperation;

typedef struct {
  const PlateauTorchOperation *operations;
  int32_t operationCount;
  // Channels, height and width of each activation.
  const int32_t *shapes;
  int32_t activationCount;
  // Of the normalisations.
  double momentum, epsilon;
} PlateauTorchProgram;

enum {
  PlateauTorchSGD,
  PlateauTorchMomentum,
  PlateauTorchAdam,
  PlateauTorchAdagrad,
  PlateauTorchRMSProp,
};

enum { PlateauTorchFloat32, PlateauTorchTF32, PlateauTorchBFloat16 };

// A rule with its numbers: rate; momentum or β₁ or decay; β₂; ε. A number that the rule lacks is 0.
typedef struct {
  int32_t kind;
  int32_t precision;
  double rate, first, second, epsilon;
} PlateauTorchRule;

// What an optimiser keeps; an array that the rule lacks is null.
typedef struct {
  int64_t steps;
  float *first, *second;
} PlateauTorchMemory;

// The examples of a step, by their numbers among held images; `moves` is null, or has for each example how far it goes up
// and to the left, in pixels, and whether it is mirrored afterwards.
typedef struct {
  const void *images;
  const int64_t *examples;
  const int64_t *moves;
  int64_t count;
} PlateauTorchBatch;

typedef struct PlateauTorchEngine PlateauTorchEngine;
typedef struct PlateauTorchImages PlateauTorchImages;
typedef struct PlateauTorchProducts PlateauTorchProducts;

typedef struct {
  int32_t interface;
  // Of the libtorch that it was built with, such as "2.11.0".
  const char *torch;
  // The words of the last failure on this thread.
  const char *(*error)(void);
  // The number of GPUs that libtorch can use; 0 where it, or the driver, has none.
  int32_t (*gpus)(void);
  // CUDA's version times 1000 plus its minor one times 10, and cuDNN's; 0 where there are none.
  int64_t (*cuda)(void);
  int64_t (*cudnn)(void);

  // `device` is "cpu" or "cuda:0"; `threads` are those of the processor.
  int32_t (*make)(
      const PlateauTorchProgram *program, const char *device, int32_t threads, PlateauTorchEngine **engine);
  void (*destroy)(PlateauTorchEngine *engine);
  int32_t (*finish)(PlateauTorchEngine *engine);

  int32_t (*setParameters)(PlateauTorchEngine *engine, const float *values);
  int32_t (*parameters)(PlateauTorchEngine *engine, float *values);
  // The mean and the variance of each normalisation.
  int32_t (*setStatistics)(PlateauTorchEngine *engine, const float *values);
  int32_t (*statistics)(PlateauTorchEngine *engine, float *values);

  int32_t (*hold)(
      PlateauTorchEngine *engine, const float *images, const float *labels, int64_t count,
      PlateauTorchImages **held);
  void (*release)(PlateauTorchImages *held);

  // Evaluation mode.
  int32_t (*logits)(
      PlateauTorchEngine *engine, const PlateauTorchImages *images, int64_t first, int64_t count, float *logits);
  int32_t (*features)(
      PlateauTorchEngine *engine, const PlateauTorchImages *images, int64_t first, int64_t count, float *features);
  // The gradient of the mean cross-entropy of a batch, and the logits of that pass.
  int32_t (*gradient)(
      PlateauTorchEngine *engine, const PlateauTorchBatch *batch, int32_t isTraining, float *logits,
      float *gradient);

  int32_t (*beginTraining)(
      PlateauTorchEngine *engine, const PlateauTorchRule *rule, const PlateauTorchMemory *memory);
  int32_t (*train)(PlateauTorchEngine *engine, const PlateauTorchBatch *batch);
  int32_t (*memory)(PlateauTorchEngine *engine, PlateauTorchMemory *memory);

  int32_t (*beginAscent)(PlateauTorchEngine *engine, double halfWidth);
  int32_t (*climb)(PlateauTorchEngine *engine, const PlateauTorchBatch *batch, float rate);
  void (*endAscent)(PlateauTorchEngine *engine);

  // Sums over networks of H Hᵀ/n, H the n features of `count` images, in Float64, with the sum of their squared norms.
  int32_t (*beginProducts)(
      PlateauTorchEngine *engine, int64_t count, const double *sum, double squaredNorms,
      PlateauTorchProducts **products);
  int32_t (*addProducts)(
      PlateauTorchEngine *engine, const PlateauTorchImages *images, PlateauTorchProducts *products,
      int32_t (*isCancelled)(void *context), void *context);
  int64_t (*count)(const PlateauTorchProducts *products);
  // The whole matrix; what is above the diagonal is of no meaning.
  int32_t (*products)(
      PlateauTorchEngine *engine, const PlateauTorchProducts *products, double *sum, double *squaredNorms);
  void (*releaseProducts)(PlateauTorchProducts *products);
} PlateauTorchInterface;

// The one symbol of the plug-in.
#ifdef __cplusplus
extern "C"
#endif
const PlateauTorchInterface *plateau_torch_interface(void);

#endif
