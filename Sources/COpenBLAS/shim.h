// OpenBLAS holds LAPACK too. Its Fortran symbols are declared here by hand, because lapacke.h would
// bring a second library (LAPACKE, and with it a second BLAS) into the process.
#ifndef PLATEAU_COPENBLAS_SHIM_H
#define PLATEAU_COPENBLAS_SHIM_H

#include <cblas.h>

// Cholesky factorisation of a symmetric positive-definite matrix.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
// Inverse of a triangular matrix.
void dtrtri_(const char *uplo, const char *diag, const int *n, double *a, const int *lda, int *info);
void strtri_(const char *uplo, const char *diag, const int *n, float *a, const int *lda, int *info);
// Product of a triangular matrix with its own transpose.
void slauum_(const char *uplo, const int *n, float *a, const int *lda, int *info);
// QR factorisation, and the product of its orthogonal factor with a matrix.
void dgeqrf_(
    const int *m, const int *n, double *a, const int *lda, double *tau, double *work, const int *lwork, int *info);
void dormqr_(
    const char *side, const char *trans, const int *m, const int *n, const int *k, const double *a, const int *lda,
    const double *tau, double *c, const int *ldc, double *work, const int *lwork, int *info);
// Eigenvalues, ascending, of a symmetric matrix.
void dsyev_(
    const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
    const int *lwork, int *info);
// The same of a tridiagonal one, by its diagonal and the numbers beside it.
void dsterf_(const int *n, double *d, double *e, int *info);

#endif
