// libarchive for tar.gz. The file types are macros with casts, which Swift cannot see, as the locale's mask is.
#ifndef PLATEAU_CARCHIVE_SHIM_H
#define PLATEAU_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

static const unsigned int plateau_archive_regular_file = AE_IFREG;
static const unsigned int plateau_archive_folder = AE_IFDIR;

// The C locale with UTF-8 for its characters, in which libarchive can tell any name; 0 where there is none.
static inline locale_t plateau_utf8_locale(void) { return newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

#endif
