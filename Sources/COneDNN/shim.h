// oneDNN 3, or oneDNN 2 under version 3's functions, as Debian builds them, over OpenMP (libgomp): the number
// of threads is fixed when a primitive is made, so it is set here before. libgomp's own header is no system
// header for clang; its one function is declared by hand.
#ifndef PLATEAU_CONEDNN_SHIM_H
#define PLATEAU_CONEDNN_SHIM_H

#include <dnnl.h>
#include <dnnl_debug.h>

// The number of threads of the parallel regions that the calling thread starts from now on.
void omp_set_num_threads(int count);

// Two functions take other arguments under the same name in the two versions, which Swift must not see.
#if DNNL_VERSION_MAJOR < 3
#include "version2.h"
#else
static inline dnnl_status_t plateau_append_rectification(dnnl_post_ops_t operations) {
    return dnnl_post_ops_append_eltwise(operations, dnnl_eltwise_relu, 0, 0);
}
static inline dnnl_status_t plateau_append_sum(dnnl_post_ops_t operations) {
    return dnnl_post_ops_append_sum(operations, 1, 0, dnnl_data_type_undef);
}
#endif

#endif
