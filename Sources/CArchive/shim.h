// libarchive for tar.gz. The file types are macros with casts, which Swift cannot see.
#ifndef PLATEAU_CARCHIVE_SHIM_H
#define PLATEAU_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

static const unsigned int plateau_archive_regular_file = AE_IFREG;
static const unsigned int plateau_archive_folder = AE_IFDIR;

#endif
