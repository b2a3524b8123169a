// The functions of oneDNN 3 that OneDNNEngine calls, by oneDNN 2's. Version 2 keeps the layout of a tensor in
// a struct of the caller's, where version 3 has a handle, and makes a primitive descriptor in two steps, by
// an operation descriptor. Nothing else knows version 2; this file goes when no supported system has it.
#ifndef PLATEAU_CONEDNN_VERSION2_H
#define PLATEAU_CONEDNN_VERSION2_H

#include <stdlib.h>

// Version 3's name: there a pointer to a type that is not shown.
typedef const dnnl_memory_desc_t *const_dnnl_memory_desc_t;

// A copy of the caller's own, for dnnl_memory_desc_destroy.
static inline dnnl_status_t dnnl_memory_desc_clone(
    const_dnnl_memory_desc_t *copy, const_dnnl_memory_desc_t layout) {
    dnnl_memory_desc_t *result = (dnnl_memory_desc_t *)malloc(sizeof *result);
    if (result == NULL) return dnnl_out_of_memory;
    *result = *layout;
    *copy = result;
    return dnnl_success;
}

static inline dnnl_status_t dnnl_memory_desc_create_with_tag(
    const_dnnl_memory_desc_t *layout, int count, const dnnl_dims_t lengths, dnnl_data_type_t type,
    dnnl_format_tag_t tag) {
    dnnl_memory_desc_t result;
    dnnl_status_t status = dnnl_memory_desc_init_by_tag(&result, count, lengths, type, tag);
    return status == dnnl_success ? dnnl_memory_desc_clone(layout, &result) : status;
}

static inline dnnl_status_t dnnl_memory_desc_destroy(const_dnnl_memory_desc_t layout) {
    free((void *)layout);
    return dnnl_success;
}

static inline dnnl_status_t plateau_append_rectification(dnnl_post_ops_t operations) {
    return dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, 0, 0);
}

static inline dnnl_status_t plateau_append_sum(dnnl_post_ops_t operations) {
    return dnnl_post_ops_append_sum(operations, 1);
}

// The second step, where the first one went well.
static inline dnnl_status_t plateau_described(
    dnnl_status_t first, dnnl_primitive_desc_t *result, dnnl_engine_t engine, const void *descriptor,
    const_dnnl_primitive_desc_t forward, const_dnnl_primitive_attr_t attributes) {
    if (first != dnnl_success) return first;
    return dnnl_primitive_desc_create(result, descriptor, attributes, engine, forward);
}

// Dilations are left out below: the engine has none, and passes NULL or zeros.

static inline dnnl_status_t dnnl_convolution_forward_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t kind, dnnl_alg_kind_t algorithm,
    const_dnnl_memory_desc_t source, const_dnnl_memory_desc_t weights, const_dnnl_memory_desc_t bias,
    const_dnnl_memory_desc_t target, const dnnl_dims_t strides, const dnnl_dims_t dilations,
    const dnnl_dims_t before, const dnnl_dims_t after, const_dnnl_primitive_attr_t attributes) {
    dnnl_convolution_desc_t descriptor;
    dnnl_status_t status = dnnl_convolution_forward_desc_init(
        &descriptor, kind, algorithm, source, weights, bias, target, strides, before, after);
    return plateau_described(status, result, engine, &descriptor, NULL, attributes);
}

static inline dnnl_status_t dnnl_convolution_backward_data_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const_dnnl_memory_desc_t source_gradient, const_dnnl_memory_desc_t weights,
    const_dnnl_memory_desc_t target_gradient, const dnnl_dims_t strides, const dnnl_dims_t dilations,
    const dnnl_dims_t before, const dnnl_dims_t after, const_dnnl_primitive_desc_t forward,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_convolution_desc_t descriptor;
    dnnl_status_t status = dnnl_convolution_backward_data_desc_init(
        &descriptor, algorithm, source_gradient, weights, target_gradient, strides, before, after);
    return plateau_described(status, result, engine, &descriptor, forward, attributes);
}

static inline dnnl_status_t dnnl_convolution_backward_weights_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const_dnnl_memory_desc_t source, const_dnnl_memory_desc_t weight_gradient,
    const_dnnl_memory_desc_t bias_gradient, const_dnnl_memory_desc_t target_gradient,
    const dnnl_dims_t strides, const dnnl_dims_t dilations, const dnnl_dims_t before, const dnnl_dims_t after,
    const_dnnl_primitive_desc_t forward, const_dnnl_primitive_attr_t attributes) {
    dnnl_convolution_desc_t descriptor;
    dnnl_status_t status = dnnl_convolution_backward_weights_desc_init(
        &descriptor, algorithm, source, weight_gradient, bias_gradient, target_gradient, strides, before,
        after);
    return plateau_described(status, result, engine, &descriptor, forward, attributes);
}

// Version 2 has one layout for what goes in and what comes out, and so the engine passes the same twice.
static inline dnnl_status_t dnnl_batch_normalization_forward_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t kind,
    const_dnnl_memory_desc_t source, const_dnnl_memory_desc_t target, float epsilon, unsigned flags,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_batch_normalization_desc_t descriptor;
    dnnl_status_t status =
        dnnl_batch_normalization_forward_desc_init(&descriptor, kind, source, epsilon, flags);
    return plateau_described(status, result, engine, &descriptor, NULL, attributes);
}

static inline dnnl_status_t dnnl_batch_normalization_backward_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t kind,
    const_dnnl_memory_desc_t source_gradient, const_dnnl_memory_desc_t target_gradient,
    const_dnnl_memory_desc_t source, float epsilon, unsigned flags, const_dnnl_primitive_desc_t forward,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_batch_normalization_desc_t descriptor;
    dnnl_status_t status = dnnl_batch_normalization_backward_desc_init(
        &descriptor, kind, target_gradient, source, epsilon, flags);
    return plateau_described(status, result, engine, &descriptor, forward, attributes);
}

static inline dnnl_status_t dnnl_binary_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const_dnnl_memory_desc_t one, const_dnnl_memory_desc_t other, const_dnnl_memory_desc_t target,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_binary_desc_t descriptor;
    dnnl_status_t status = dnnl_binary_desc_init(&descriptor, algorithm, one, other, target);
    return plateau_described(status, result, engine, &descriptor, NULL, attributes);
}

static inline dnnl_status_t dnnl_eltwise_forward_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t kind, dnnl_alg_kind_t algorithm,
    const_dnnl_memory_desc_t source, const_dnnl_memory_desc_t target, float alpha, float beta,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_eltwise_desc_t descriptor;
    dnnl_status_t status = dnnl_eltwise_forward_desc_init(&descriptor, kind, algorithm, source, alpha, beta);
    return plateau_described(status, result, engine, &descriptor, NULL, attributes);
}

static inline dnnl_status_t dnnl_eltwise_backward_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const_dnnl_memory_desc_t source_gradient, const_dnnl_memory_desc_t target_gradient,
    const_dnnl_memory_desc_t data, float alpha, float beta, const_dnnl_primitive_desc_t forward,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_eltwise_desc_t descriptor;
    dnnl_status_t status =
        dnnl_eltwise_backward_desc_init(&descriptor, algorithm, target_gradient, data, alpha, beta);
    return plateau_described(status, result, engine, &descriptor, forward, attributes);
}

static inline dnnl_status_t dnnl_pooling_forward_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t kind, dnnl_alg_kind_t algorithm,
    const_dnnl_memory_desc_t source, const_dnnl_memory_desc_t target, const dnnl_dims_t strides,
    const dnnl_dims_t window, const dnnl_dims_t dilations, const dnnl_dims_t before, const dnnl_dims_t after,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_pooling_desc_t descriptor;
    dnnl_status_t status = dnnl_pooling_forward_desc_init(
        &descriptor, kind, algorithm, source, target, strides, window, before, after);
    return plateau_described(status, result, engine, &descriptor, NULL, attributes);
}

static inline dnnl_status_t dnnl_pooling_backward_primitive_desc_create(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const_dnnl_memory_desc_t source_gradient, const_dnnl_memory_desc_t target_gradient,
    const dnnl_dims_t strides, const dnnl_dims_t window, const dnnl_dims_t dilations,
    const dnnl_dims_t before, const dnnl_dims_t after, const_dnnl_primitive_desc_t forward,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_pooling_desc_t descriptor;
    dnnl_status_t status = dnnl_pooling_backward_desc_init(
        &descriptor, algorithm, source_gradient, target_gradient, strides, window, before, after);
    return plateau_described(status, result, engine, &descriptor, forward, attributes);
}

#endif
