// L-BFGS-B 3.0 as Fortran has it: every argument by address, and the length of each string behind the
// arguments. The library comes without a header.
#ifndef PLATEAU_CLBFGSB_SHIM_H
#define PLATEAU_CLBFGSB_SHIM_H

#include <stddef.h>

// One step of the reverse communication: `task` (60 characters, padded with blanks) says what is asked of
// the caller. `csave` holds 60 characters, `lsave` 4 logicals, `isave` 44 integers, `dsave` 29 numbers;
// `wa` holds 2mn + 5n + 11m² + 8m numbers, `iwa` 3n integers.
void setulb_(
    const int *n, const int *m, double *x, const double *l, const double *u, const int *nbd, double *f,
    double *g, const double *factr, const double *pgtol, double *wa, int *iwa, char *task,
    const int *iprint, char *csave, int *lsave, int *isave, double *dsave, size_t task_length,
    size_t csave_length);

#endif
