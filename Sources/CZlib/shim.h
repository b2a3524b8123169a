// zlib for gzip streams. inflateInit2 is a macro, which Swift cannot see: this wraps it for gzip input.
#ifndef PLATEAU_CZLIB_SHIM_H
#define PLATEAU_CZLIB_SHIM_H

#include <zlib.h>

static inline int plateau_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 15 + 16);
}

#endif
