// oneDNN 2.6 as Debian builds it, over OpenMP (libgomp): the number of threads is fixed when a primitive is made,
// so it is set here before. libgomp's own header is no system header for clang; its one function is declared by hand.
#ifndef PLATEAU_CONEDNN_SHIM_H
#define PLATEAU_CONEDNN_SHIM_H

#include <dnnl.h>
#include <dnnl_debug.h>

// The number of threads of the parallel regions that the calling thread starts from now on.
void omp_set_num_threads(int count);

#endif
