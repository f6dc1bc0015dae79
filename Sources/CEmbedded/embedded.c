#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char catalogue[] = {
#embed "catalogue.yaml"
};

static const unsigned char sample_cluster[] = {
#embed "demo/cluster.yaml"
};

const unsigned char *gcr_embedded_catalogue(size_t *length) {
  *length = sizeof catalogue;
  return catalogue;
}

const unsigned char *gcr_embedded_sample_cluster(size_t *length) {
  *length = sizeof sample_cluster;
  return sample_cluster;
}
