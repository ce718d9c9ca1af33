/* TLS for loadgen: one protocol, suite and group whatever the server would like, and no check of its certificate. */
#include <sys/types.h>

typedef struct tls tls;

/* Once, first. */
void tls_init(void);

/* Shakes hands over a connected socket that blocks; NULL if that fails. */
tls *tls_open(int fd);

/* Takes all the bytes, as records of at most so many, or none: -1, EAGAIN. What the socket does not take waits. */
ssize_t tls_send(tls *t, const char *bytes, size_t count, size_t record);

/* Whether nothing waits to be sent, after another try; errors come out by the next tls_recv. */
int tls_flush(tls *t);

/* As recv: receives once, and opens all whole records. */
ssize_t tls_recv(tls *t, char *into, size_t room);

/* Says close_notify, and lets go; the socket stays open. */
void tls_close(tls *t);
