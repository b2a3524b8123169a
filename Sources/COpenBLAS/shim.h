// OpenBLAS holds LAPACK too. Its Fortran symbols are declared here by hand, because lapacke.h would
// bring a second library (LAPACKE, and with it a second BLAS) into the process.
#ifndef PLATEAU_COPENBLAS_SHIM_H
#define PLATEAU_COPENBLAS_SHIM_H

#include <cblas.h>

// Cholesky factorisation of a symmetric positive-definite matrix.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
// Inverse of a triangular matrix.
void dtrtri_(const char *uplo, const char *diag, const int *n, double *a, const int *lda, int *info);
// Eigenvalues, ascending, of a symmetric matrix.
void dsyev_(
    const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
    const int *lwork, int *info);

#endif
