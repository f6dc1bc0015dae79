// libcurl's variadic functions as plain ones, because Swift imports no variadic C function; and
// its constants that are macros with casts, which Swift does not import either.
#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

typedef size_t (*ccurl_data_function)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_size(CURL *handle, CURLoption option, long long value) {
  return curl_easy_setopt(handle, option, (curl_off_t)value);
}

static inline CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

// The memory is only borrowed for the call: libcurl keeps a copy of its own.
static inline CURLcode ccurl_set_blob(
    CURL *handle, CURLoption option, const void *bytes, size_t count) {
  struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
  return curl_easy_setopt(handle, option, &blob);
}

static inline CURLcode ccurl_set_copied_body(CURL *handle, const void *bytes, size_t count) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes);
}

static inline CURLcode ccurl_set_write(CURL *handle, ccurl_data_function function, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode ccurl_set_header(CURL *handle, ccurl_data_function function, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

static inline CURLcode ccurl_set_error_buffer(CURL *handle, char *buffer) {
  return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

// http and https only; the string form exists since 7.85, the bits are deprecated after it.
static inline CURLcode ccurl_set_http_only(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

static inline CURLMcode ccurl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
  return curl_multi_setopt(handle, option, value);
}

// 0 when libcurl cannot say.
static inline long ccurl_info_long(CURL *handle, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

// -1 when libcurl cannot say.
static inline long long ccurl_info_size(CURL *handle, CURLINFO info) {
  curl_off_t value = -1;
  return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? (long long)value : -1;
}

// The server's certificate of a new connection in PEM, with CURLOPT_CERTINFO; NULL when libcurl cannot
// say. The memory is libcurl's.
static inline const char *ccurl_server_certificate(CURL *handle) {
  struct curl_certinfo *info = NULL;
  if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &info) != CURLE_OK || info == NULL) return NULL;
  if (info->num_of_certs < 1) return NULL;
  for (struct curl_slist *line = info->certinfo[0]; line != NULL; line = line->next) {
    if (strncmp(line->data, "Cert:", 5) == 0) return line->data + 5;
  }
  return NULL;
}

static inline int ccurl_note_socket(void *latest, curl_socket_t descriptor, curlsocktype purpose) {
  (void)purpose;
  *(int *)latest = descriptor;
  return CURL_SOCKOPT_OK;
}

// Has every socket that the handle opens noted there.
static inline CURLcode ccurl_set_socket_note(CURL *handle, int *latest) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, ccurl_note_socket);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, latest);
}

// Whether the peer has sent its FIN, and no RST after it.
static inline int ccurl_peer_finished(int descriptor) {
  struct tcp_info info = {0};
  socklen_t size = sizeof info;
  if (descriptor < 0 || getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_state == TCP_CLOSE_WAIT;
}

// TLS sessions that several handles, each in a thread of its own, resume from one another.
typedef struct ccurl_sessions {
  CURLSH *share;
  pthread_mutex_t locks[CURL_LOCK_DATA_LAST];
} ccurl_sessions;

static inline void ccurl_sessions_lock(
    CURL *handle, curl_lock_data data, curl_lock_access access, void *sessions) {
  (void)handle, (void)access;
  pthread_mutex_lock(&((ccurl_sessions *)sessions)->locks[data]);
}

static inline void ccurl_sessions_unlock(CURL *handle, curl_lock_data data, void *sessions) {
  (void)handle;
  pthread_mutex_unlock(&((ccurl_sessions *)sessions)->locks[data]);
}

// NULL when memory is out. To be freed after the last handle that uses it.
static inline ccurl_sessions *ccurl_sessions_new(void) {
  ccurl_sessions *sessions = malloc(sizeof *sessions);
  if (sessions == NULL) return NULL;
  sessions->share = curl_share_init();
  if (sessions->share == NULL) {
    free(sessions);
    return NULL;
  }
  for (int data = 0; data < CURL_LOCK_DATA_LAST; data++) {
    pthread_mutex_init(&sessions->locks[data], NULL);
  }
  curl_share_setopt(sessions->share, CURLSHOPT_USERDATA, (void *)sessions);
  curl_share_setopt(sessions->share, CURLSHOPT_LOCKFUNC, ccurl_sessions_lock);
  curl_share_setopt(sessions->share, CURLSHOPT_UNLOCKFUNC, ccurl_sessions_unlock);
  curl_share_setopt(sessions->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  return sessions;
}

static inline void ccurl_sessions_free(ccurl_sessions *sessions) {
  curl_share_cleanup(sessions->share);
  for (int data = 0; data < CURL_LOCK_DATA_LAST; data++) {
    pthread_mutex_destroy(&sessions->locks[data]);
  }
  free(sessions);
}

static inline CURLcode ccurl_set_sessions(CURL *handle, ccurl_sessions *sessions) {
  return curl_easy_setopt(handle, CURLOPT_SHARE, sessions->share);
}

static inline CURLcode ccurl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static const long ccurl_http_1_1 = CURL_HTTP_VERSION_1_1;
static const long ccurl_tls_1_2 = CURL_SSLVERSION_TLSv1_2;
static const size_t ccurl_error_size = CURL_ERROR_SIZE;

#endif
