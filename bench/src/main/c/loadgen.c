/*
 * A closed-loop TCP load generator: one thread, epoll. A connection sends its next request when a reply has come.
 *
 * usage: loadgen HOST PORT [-m echo|conn|idle|paced] [-c CONNS] [-d DEPTH] [-w WARMUP] [-t SECONDS] [-i MICROS]
 *                          [-s SIZE | -f FILE] [-r REPLYBYTES] [-p PID] [-T | -R]
 *
 *   -m echo   every connection keeps DEPTH requests in flight (the default)
 *   -m conn   connect, one request, one reply, close; over and over, CONNS at a time, each by a thread of its own
 *   -m idle   open CONNS connections, do one request on each, hold them for WARMUP + SECONDS
 *   -m paced  one connection, a request each MICROS, or later if the reply is: how long a server keeps it waiting
 *   -c, -d    connections and requests in flight on each, 1 and 1
 *   -w, -t    seconds that are not counted (2), and that are (5)
 *   -s, -f    a request: a line of SIZE bytes, its LF counted (64), or the contents of FILE
 *   -r        the length of a reply; that of a request unless said
 *   -i        conn: a thread begins a connection each MICROS at most (0: when the one before is closed)
 *   -T, -R    TLS 1.3; what is sent together is one record, or each request is a record of its own
 *   -p        report the CPU time, user and system, that this process (the server) takes for a message: on a machine
 *             that does other things too that holds, where messages a second do not
 *
 * HOST is an IPv4 address. Exits with 0 after a report, 1 on wrong usage, 2 on a failed system call, 3 if the server
 * closes a connection, 4 if nothing was counted.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifdef WITH_TLS
#include "tls.h"
#else
typedef struct tls tls;
#define tls_init() usage()
#define tls_open(fd) NULL
#define tls_send(t, bytes, count, record) -1
#define tls_flush(t) 1
#define tls_recv(t, into, room) -1
#define tls_close(t) (void)0
#endif

enum { BATCH_BYTES = 65536, EVENTS = 256, BUCKETS = 64 };

typedef struct {
    int fd;
    tls *tls;         /* NULL: clear text */
    int want_out;     /* epoll is asked for EPOLLOUT */
    long to_send;     /* requests owed, the one begun included */
    size_t out_off;   /* how much of the request begun is sent */
    size_t in_bytes;  /* how much of the next reply has come */
    uint64_t *stamp;  /* a ring of depth + 1: when each request in flight was sent */
    int head, tail;
} conn;

typedef struct {
    const char *mode, *file;
    int conns, depth, pid, micros, tls;
    double warm, secs;
    size_t size, reply;
    size_t record; /* how much of what is sent together goes into one record */
} options;

static options opt = {.mode = "echo", .conns = 1, .depth = 1, .warm = 2, .secs = 5, .size = 64,
                      .record = BATCH_BYTES};
static struct sockaddr_in addr;
static char *payload, *batch;
static size_t payload_len, batch_len;
static _Thread_local char in[1 << 18];
static int ep;

static void die(const char *what) {
    perror(what);
    exit(2);
}

static void usage(void) {
    fprintf(stderr,
            "usage: loadgen HOST PORT [-m echo|conn|idle|paced] [-c CONNS] [-d DEPTH] [-w WARMUP] [-t SECONDS]"
            " [-i MICROS] [-s SIZE | -f FILE] [-r REPLYBYTES] [-p PID] [-T | -R]\n");
    exit(1);
}

static void *allocate(size_t count, size_t size) {
    void *p = calloc(count, size);
    if (!p) die("calloc");
    return p;
}

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* The CPU seconds that the server has used, all its threads. */
static double cpu(void) {
    if (!opt.pid) return 0;
    char name[64], text[1024];
    snprintf(name, sizeof name, "/proc/%d/stat", opt.pid);
    FILE *f = fopen(name, "r");
    if (!f) die(name);
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = 0;
    fclose(f);
    char *after_name = strrchr(text, ')');
    unsigned long user = 0, system = 0;
    if (!after_name ||
        sscanf(after_name + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        die(name);
    return (user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* Latencies: each power of two is cut into 32. */
static uint64_t histogram[BUCKETS * 64], slowest;

static void record(uint64_t ns) {
    if (ns > slowest) slowest = ns;
    int exponent = ns < 64 ? 0 : 63 - __builtin_clzll(ns) - 5;
    histogram[exponent * 64 + ((ns >> exponent) & 63)]++;
}

static double percentile_us(double p) {
    uint64_t all = 0, seen = 0;
    for (int i = 0; i < BUCKETS * 64; i++) all += histogram[i];
    for (int i = 0; i < BUCKETS * 64; i++) {
        seen += histogram[i];
        if (seen && seen >= all * p) return ((uint64_t)(i % 64) << (i / 64)) / 1e3;
    }
    return 0;
}

/* The interval that counts: it begins WARMUP seconds after the start. */
static uint64_t counted_from, ends, started;
static double cpu_at_start;

static void start_clock(void) {
    counted_from = now() + (uint64_t)(opt.warm * 1e9);
    ends = counted_from + (uint64_t)(opt.secs * 1e9);
}

/* Whether the warm-up ends right now. */
static int begins_to_count(uint64_t t) {
    if (started || t < counted_from) return 0;
    started = t;
    cpu_at_start = cpu();
    memset(histogram, 0, sizeof histogram);
    slowest = 0;
    return 1;
}

static void load_payload(void) {
    if (opt.file) {
        FILE *f = fopen(opt.file, "rb");
        if (!f) die(opt.file);
        fseek(f, 0, SEEK_END);
        payload_len = ftell(f);
        rewind(f);
        payload = allocate(payload_len + 1, 1);
        if (fread(payload, 1, payload_len, f) != payload_len) die(opt.file);
        fclose(f);
    } else {
        payload_len = opt.size;
        payload = allocate(payload_len + 1, 1);
        for (size_t i = 0; i < payload_len; i++) payload[i] = 'a' + i % 26;
        if (payload_len) payload[payload_len - 1] = '\n';
    }
    if (!payload_len) usage();
    if (!opt.reply) opt.reply = payload_len;

    /* What one send may take: the request again and again. */
    size_t repeats = opt.depth;
    if (repeats * payload_len < BATCH_BYTES) repeats = BATCH_BYTES / payload_len + 1;
    batch_len = repeats * payload_len;
    batch = allocate(batch_len, 1);
    for (size_t i = 0; i < repeats; i++) memcpy(batch + i * payload_len, payload, payload_len);
}

static int dial(void) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) die("socket");
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) die("connect");
    return fd;
}

/* What a connection does with bytes, in clear text or not. */
static ssize_t put(conn *c, const char *bytes, size_t count) {
    return c->tls ? tls_send(c->tls, bytes, count, opt.record) : send(c->fd, bytes, count, MSG_NOSIGNAL);
}

static ssize_t get(conn *c) {
    return c->tls ? tls_recv(c->tls, in, sizeof in) : recv(c->fd, in, sizeof in, 0);
}

static void begin(conn *c) {
    c->fd = dial();
    c->tls = opt.tls ? tls_open(c->fd) : NULL;
    if (opt.tls && !c->tls) {
        fprintf(stderr, "no TLS\n");
        exit(3);
    }
}

/* One request and its reply, on a socket that blocks. */
static void exchange(conn *c) {
    if (put(c, payload, payload_len) != (ssize_t)payload_len) die("send");
    for (size_t got = 0; got < opt.reply;) {
        ssize_t n = get(c);
        if (n < 0 && errno == EAGAIN) continue;
        if (n <= 0) die("recv");
        got += n;
    }
}

static void sleep_until(uint64_t t) {
    struct timespec at = {.tv_sec = t / 1000000000, .tv_nsec = t % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR) {}
}

/* conn: the cost of a connection. */
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
static uint64_t connections;

static void *connect_often(void *unused) {
    uint64_t next = now();
    for (;;) {
        uint64_t t = now();
        if (opt.micros) {
            next += opt.micros * 1000ull;
            if (next > t) sleep_until(next);
            else next = t;
            t = now();
        }
        conn c = {0};
        begin(&c);
        exchange(&c);
        if (c.tls) tls_close(c.tls);
        /* A reset instead of FIN: no port of ours stays behind in TIME_WAIT. */
        struct linger reset = {1, 0};
        setsockopt(c.fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(c.fd);
        uint64_t end = now();
        pthread_mutex_lock(&counting);
        int over = end >= ends;
        if (!over) {
            if (begins_to_count(end)) connections = 0;
            connections++;
            if (started) record(end - t);
        }
        pthread_mutex_unlock(&counting);
        if (over) return unused;
    }
}

static int run_conn(void) {
    pthread_t *threads = allocate(opt.conns, sizeof *threads);
    start_clock();
    for (int i = 0; i < opt.conns; i++)
        if ((errno = pthread_create(&threads[i], NULL, connect_often, NULL))) die("pthread_create");
    for (int i = 0; i < opt.conns; i++) pthread_join(threads[i], NULL);
    if (!started || !connections) return 4;
    printf("conn/s %.0f cpu_us/conn %.2f p50us %.1f p99us %.1f\n", connections / ((now() - started) / 1e9),
           (cpu() - cpu_at_start) * 1e6 / connections, percentile_us(.5), percentile_us(.99));
    return 0;
}

/* paced: the latency while others load the server. */
static int run_paced(void) {
    if (!opt.micros) usage();
    conn c = {0};
    begin(&c);
    start_clock();
    uint64_t counted = 0;
    for (;;) {
        uint64_t sent = now();
        exchange(&c);
        uint64_t t = now();
        if (begins_to_count(t)) {
            counted = 0;
        } else {
            record(t - sent);
            counted++;
        }
        if (t >= ends) break;
        sleep_until(sent + opt.micros * 1000ull);
    }
    if (!started || !counted) return 4;
    printf("requests %lu p50us %.1f p99us %.1f p999us %.1f maxus %.1f\n", (unsigned long)counted, percentile_us(.5),
           percentile_us(.99), percentile_us(.999), slowest / 1e3);
    return 0;
}

static void ask_for_out(conn *c, int out) {
    if (c->want_out == out) return;
    c->want_out = out;
    struct epoll_event ev = {.events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &ev);
}

/* Sends what is owed, as far as the socket takes it. */
static void pump(conn *c) {
    if (c->tls && !tls_flush(c->tls)) {
        ask_for_out(c, 1);
        return;
    }
    while (c->to_send > 0) {
        size_t want = (size_t)c->to_send * payload_len - c->out_off;
        if (want > batch_len - c->out_off) want = batch_len - c->out_off;
        uint64_t t = now();
        ssize_t n = put(c, batch + c->out_off, want);
        if (n < 0) {
            if (errno != EAGAIN) die("send");
            ask_for_out(c, 1);
            return;
        }
        size_t sent = c->out_off + n;
        long whole = sent / payload_len;
        for (long i = 0; i < whole; i++) {
            c->stamp[c->head] = t;
            c->head = (c->head + 1) % (opt.depth + 1);
        }
        c->to_send -= whole;
        c->out_off = sent % payload_len;
    }
    ask_for_out(c, c->tls && !tls_flush(c->tls));
}

/* Receives once; how many replies that completes. */
static long receive(conn *c) {
    ssize_t n = get(c);
    if (n < 0 && errno == EAGAIN) return 0;
    if (n <= 0) {
        fprintf(stderr, "peer closed\n");
        exit(3);
    }
    uint64_t t = now();
    c->in_bytes += n;
    long replies = c->in_bytes / opt.reply;
    c->in_bytes %= opt.reply;
    for (long i = 0; i < replies; i++) {
        if (started) record(t - c->stamp[c->tail]);
        c->tail = (c->tail + 1) % (opt.depth + 1);
    }
    return replies;
}

/* echo and idle: many connections. */
static int run_echo(int idle) {
    conn *conns = allocate(opt.conns, sizeof *conns);
    for (int i = 0; i < opt.conns; i++) {
        conn *c = &conns[i];
        begin(c);
        fcntl(c->fd, F_SETFL, O_NONBLOCK);
        c->stamp = allocate(opt.depth + 1, sizeof *c->stamp);
        struct epoll_event ev = {.events = EPOLLIN, .data.ptr = c};
        if (epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &ev) < 0) die("epoll_ctl");
        c->to_send = idle ? 1 : opt.depth;
        pump(c);
    }
    start_clock();
    struct epoll_event events[EVENTS];
    uint64_t counted = 0, answered = 0;
    int told = 0;
    for (;;) {
        int n = epoll_wait(ep, events, EVENTS, 100);
        uint64_t t = now();
        if (begins_to_count(t)) counted = 0;
        if (t >= ends) break;
        for (int i = 0; i < n; i++) {
            conn *c = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) pump(c);
            if (!(events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) continue;
            long replies = receive(c);
            counted += replies;
            answered += replies;
            if (!idle && replies) {
                c->to_send += replies;
                pump(c);
            }
        }
        if (idle && !told && answered >= (uint64_t)opt.conns) {
            /* Whoever wants to look at the server may do so from now on. */
            printf("idle conns %d answered %lu\n", opt.conns, (unsigned long)answered);
            fflush(stdout);
            told = 1;
        }
    }
    if (idle) {
        if (!told) printf("idle conns %d answered %lu\n", opt.conns, (unsigned long)answered);
        return told ? 0 : 4;
    }
    if (!started || !counted) return 4;
    double rate = counted / ((now() - started) / 1e9);
    printf("msg/s %.0f cpu_us/msg %.3f MB/s %.1f p50us %.1f p99us %.1f p999us %.1f\n", rate,
           (cpu() - cpu_at_start) * 1e6 / counted, rate * payload_len / 1e6, percentile_us(.5), percentile_us(.99),
           percentile_us(.999));
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 3) usage();
    optind = 3;
    for (int o; (o = getopt(argc, argv, "c:d:f:i:m:p:r:s:t:w:RT")) > 0;) switch (o) {
        case 'c': opt.conns = atoi(optarg); break;
        case 'd': opt.depth = atoi(optarg); break;
        case 'f': opt.file = optarg; break;
        case 'i': opt.micros = atoi(optarg); break;
        case 'm': opt.mode = optarg; break;
        case 'p': opt.pid = atoi(optarg); break;
        case 'r': opt.reply = atol(optarg); break;
        case 's': opt.size = atol(optarg); break;
        case 't': opt.secs = atof(optarg); break;
        case 'w': opt.warm = atof(optarg); break;
        case 'R': opt.tls = 2; break;
        case 'T': opt.tls = 1; break;
        default: usage();
    }
    if (opt.conns < 1 || opt.depth < 1 || opt.micros < 0) usage();

    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) < 0) die("getrlimit");
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) usage();
    load_payload();
    if (opt.tls) tls_init();
    if (opt.tls == 2) opt.record = payload_len;
    if ((ep = epoll_create1(EPOLL_CLOEXEC)) < 0) die("epoll_create1");

    if (!strcmp(opt.mode, "conn")) return run_conn();
    if (!strcmp(opt.mode, "echo")) return run_echo(0);
    if (!strcmp(opt.mode, "idle")) return run_echo(1);
    if (!strcmp(opt.mode, "paced")) return run_paced();
    usage();
}
