// Exchanges two files or folders of one file system in a single step, so that a name never stands for nothing.

#ifndef PLATEAU_FOLDER_EXCHANGE_H
#define PLATEAU_FOLDER_EXCHANGE_H

// Returns 0, or the number of the error: ENOSYS, EINVAL or ENOTSUP where the system or the file system cannot.
int plateau_exchange(const char *one, const char *other);

#endif
