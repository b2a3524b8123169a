// Looks, before any library of the process begins, whether the process has room to begin at all.

#ifndef PLATEAU_PROCESS_LIMITS_H
#define PLATEAU_PROCESS_LIMITS_H

#include <stddef.h>

// The address space in bytes that one computing thread takes: the buffer of OpenBLAS, and the C library's own for its
// small objects.
size_t plateau_bytes_of_thread(void);

// Whether so many bytes of address space can be had.
int plateau_has_address_space(size_t bytes);

#endif
