#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char catalogue[] = {
#embed "catalogue.yaml"
};

const unsigned char *gcr_embedded_catalogue(size_t *length) {
  *length = sizeof catalogue;
  return catalogue;
}
