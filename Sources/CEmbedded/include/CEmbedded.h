#ifndef GCR_REPORT_EMBEDDED_H
#define GCR_REPORT_EMBEDDED_H
// Files that travel inside the binary. Each accessor gives the first byte and the length;
// the bytes live as long as the process and are never written.
#include <stddef.h>

const unsigned char *gcr_embedded_catalogue(size_t *length);
const unsigned char *gcr_embedded_sample_cluster(size_t *length);
const unsigned char *gcr_embedded_report_style(size_t *length);
const unsigned char *gcr_embedded_trend_style(size_t *length);
const unsigned char *gcr_embedded_report_script(size_t *length);

#endif
