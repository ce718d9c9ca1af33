/* OpenSSL between buffers in memory, so that any number of records take one system call, with every server alike. */
#include "tls.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { CALL_BYTES = 1 << 18 };

struct tls {
    int fd;
    SSL *ssl;
    BIO *in, *out;
};

static SSL_CTX *context;
static _Thread_local char net[CALL_BYTES];

static void die(const char *what) {
    fprintf(stderr, "%s: ", what);
    ERR_print_errors_fp(stderr);
    exit(2);
}

void tls_init(void) {
    context = SSL_CTX_new(TLS_client_method());
    if (!context || !SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) ||
        !SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256") || !SSL_CTX_set1_groups_list(context, "X25519") ||
        !SSL_CTX_set1_sigalgs_list(context, "ECDSA+SHA256"))
        die("TLS");
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_read_ahead(context, 1);
}

tls *tls_open(int fd) {
    tls *t = calloc(1, sizeof *t);
    if (!t || !(t->ssl = SSL_new(context)) || !(t->in = BIO_new(BIO_s_mem())) || !(t->out = BIO_new(BIO_s_mem())))
        die("memory");
    t->fd = fd;
    SSL_set_bio(t->ssl, t->in, t->out);
    SSL_set_tlsext_host_name(t->ssl, "localhost");
    for (;;) {
        int done = SSL_connect(t->ssl);
        if (!tls_flush(t)) break;
        if (done == 1) return t;
        if (SSL_get_error(t->ssl, done) != SSL_ERROR_WANT_READ) break;
        ssize_t n = recv(fd, net, sizeof net, 0);
        if (n <= 0) break;
        BIO_write(t->in, net, n);
    }
    ERR_print_errors_fp(stderr);
    tls_close(t);
    return NULL;
}

ssize_t tls_send(tls *t, const char *bytes, size_t count, size_t record) {
    if (!tls_flush(t)) {
        errno = EAGAIN;
        return -1;
    }
    for (size_t at = 0; at < count;) {
        size_t n = count - at < record ? count - at : record;
        if (SSL_write(t->ssl, bytes + at, n) != (int)n) die("SSL_write");
        at += n;
    }
    tls_flush(t);
    return count;
}

int tls_flush(tls *t) {
    char *bytes;
    long count = BIO_get_mem_data(t->out, &bytes);
    if (!count) return 1;
    ssize_t n = send(t->fd, bytes, count, MSG_NOSIGNAL);
    if (n == count) {
        BIO_reset(t->out);
        return 1;
    }
    while (n > 0) {
        int taken = BIO_read(t->out, net, n < CALL_BYTES ? n : CALL_BYTES);
        if (taken <= 0) die("BIO_read");
        n -= taken;
    }
    return 0;
}

ssize_t tls_recv(tls *t, char *into, size_t room) {
    ssize_t n = recv(t->fd, net, sizeof net, 0);
    if (n <= 0) return n;
    BIO_write(t->in, net, n);
    size_t got = 0;
    int more;
    while ((more = SSL_read(t->ssl, into + got, room - got)) > 0) got += more;
    int why = SSL_get_error(t->ssl, more);
    if (why == SSL_ERROR_ZERO_RETURN) return got;
    if (why != SSL_ERROR_WANT_READ) die("SSL_read");
    if (got) return got;
    errno = EAGAIN;
    return -1;
}

void tls_close(tls *t) {
    if (SSL_is_init_finished(t->ssl)) {
        SSL_shutdown(t->ssl);
        tls_flush(t);
    }
    SSL_free(t->ssl);
    free(t);
}
