#include <zlib.h>

// zlib's own inflateInit2 is a macro, which Swift cannot call.
static inline int gcr_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 16 + MAX_WBITS);
}
