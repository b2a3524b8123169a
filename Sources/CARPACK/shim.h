// ARPACK's implicitly restarted Lanczos iteration for real symmetric operators, as Fortran has it: every
// argument by address, and the length of each string behind the arguments. The header that comes with the
// library is not used, because it declares `float _Complex`, which Swift does not import.
#ifndef PLATEAU_CARPACK_SHIM_H
#define PLATEAU_CARPACK_SHIM_H

#include <stddef.h>

// One step of the reverse communication: `ido` says what is asked of the caller.
void dsaupd_(
    int *ido, const char *bmat, const int *n, const char *which, const int *nev, const double *tol,
    double *resid, const int *ncv, double *v, const int *ldv, int *iparam, int *ipntr, double *workd,
    double *workl, const int *lworkl, int *info, size_t bmat_length, size_t which_length);

// The eigenvalues that have converged, and their vectors if `rvec` is not 0.
void dseupd_(
    const int *rvec, const char *howmny, int *select, double *d, double *z, const int *ldz,
    const double *sigma, const char *bmat, const int *n, const char *which, const int *nev,
    const double *tol, double *resid, const int *ncv, double *v, const int *ldv, int *iparam, int *ipntr,
    double *workd, double *workl, const int *lworkl, int *info, size_t howmny_length, size_t bmat_length,
    size_t which_length);

#endif
