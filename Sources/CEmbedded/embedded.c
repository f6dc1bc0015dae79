#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char catalogue[] = {
#embed "catalogue.yaml"
};

static const unsigned char sample_cluster[] = {
#embed "demo/cluster.yaml"
};

static const unsigned char report_style[] = {
#embed "html/report.css"
};

static const unsigned char trend_style[] = {
#embed "html/trend.css"
};

static const unsigned char report_script[] = {
#embed "html/report.js"
};

const unsigned char *gcr_embedded_catalogue(size_t *length) {
  *length = sizeof catalogue;
  return catalogue;
}

const unsigned char *gcr_embedded_sample_cluster(size_t *length) {
  *length = sizeof sample_cluster;
  return sample_cluster;
}

const unsigned char *gcr_embedded_report_style(size_t *length) {
  *length = sizeof report_style;
  return report_style;
}

const unsigned char *gcr_embedded_trend_style(size_t *length) {
  *length = sizeof trend_style;
  return trend_style;
}

const unsigned char *gcr_embedded_report_script(size_t *length) {
  *length = sizeof report_script;
  return report_script;
}
