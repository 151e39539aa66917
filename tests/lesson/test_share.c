/* test_share.c - the check of numbers that were handed over: a wrong, missing or stale number and a
 * wrong sum are noticed. Also, serialised numbers become the same numbers again, or are refused. */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/random.h"
#include "numbers.h"
#include "pipe_pair.h"
#include "serialise.h"
#include "suite.h"
#include "transfer.h"

enum { MOST = 5000, CALL = 7 };
static const int counts[] = { 0, 1, 2, 7, 1009, 1024, MOST };
enum { COUNTS = sizeof counts / sizeof counts[0] };

/* ---- numbers ---- */

static void all_made_are_right_and_add_up(void)
{
    for (int c = 0; c < COUNTS; c++) {
        double x[MOST], made = rxt_numbers_make(CALL, counts[c], x), sum, plain = 0;

        CU_ASSERT_EQUAL(rxt_numbers_check(CALL, counts[c], x, &sum), counts[c]);
        for (int i = 0; i < counts[c]; i++)
            plain += x[i];
        CU_ASSERT_EQUAL(sum, plain);
        CU_ASSERT_EQUAL(made, plain);
        for (int i = 0; i < counts[c]; i++)
            CU_ASSERT_FATAL(x[i] == nearbyint(x[i]) && x[i] >= 0 && x[i] < 0x1p21);
    }
}

static void one_wrong_is_seen(void)
{
    double x[MOST], sum;

    rxt_numbers_make(CALL, MOST, x);
    for (int i = 0; i < MOST; i++) {
        double right = x[i];

        x[i] = i % 2 ? nextafter(right, 0) : NAN;
        CU_ASSERT_EQUAL_FATAL(rxt_numbers_check(CALL, MOST, x, &sum), MOST - 1);
        x[i] = right;
    }
}

/* Without one number all numbers behind it come one place too early. */
static void one_missing_is_seen(void)
{
    double x[MOST + 1], sum;

    for (int lost = 0; lost < MOST - 1; lost += 37) {
        rxt_numbers_make(CALL, MOST + 1, x);
        memmove(x + lost, x + lost + 1, (size_t)(MOST - lost) * sizeof x[0]);
        CU_ASSERT_FATAL(rxt_numbers_check(CALL, MOST, x, &sum) < lost + 20);
    }
}

static void stale_ones_are_seen(void)
{
    double x[MOST], old[MOST], sum;

    for (uint64_t call = 1; call < 100; call++) {
        rxt_numbers_make(call, MOST, old);
        rxt_numbers_make(call + 1, MOST, x);
        CU_ASSERT_FATAL(rxt_numbers_check(call + 1, MOST, old, &sum) < MOST / 4);
        x[call * 49] = old[call * 49];
        CU_ASSERT_EQUAL_FATAL(rxt_numbers_check(call + 1, MOST, x, &sum), MOST - 1);
    }
}

static void blocks_that_changed_places_are_seen(void)
{
    double x[MOST], sum, block[1024];

    rxt_numbers_make(CALL, MOST, x);
    memcpy(block, x, sizeof block);
    memcpy(x, x + 1024, sizeof block);
    memcpy(x + 1024, block, sizeof block);
    CU_ASSERT_EQUAL(rxt_numbers_check(CALL, MOST, x, &sum), MOST - 2048);
}

/* ---- a call: two ranks in one process; the second is called where the first would wait ---- */

typedef enum fault { FINE, ALTERS_ONE, LOSES_ONE, GIVES_OLD, ALTERS_SUM, GIVES_NONE } fault;

typedef struct both {
    rxt_transfer transfer; /* of this rank */
    struct both *other;
    const rxt_slab *second;
    const rxt_way *way;
    fault has;
    double old[MOST], sum, right;
} both;

static bool give(const rxt_slab *slab)
{
    both *b = slab->state;
    size_t bytes = (size_t)slab->total * sizeof(double);
    double *to = b->other->transfer.x;

    memcpy(to, b->has == GIVES_OLD ? b->old : b->transfer.x, bytes);
    memcpy(b->old, b->transfer.x, bytes);
    if (b->has == ALTERS_ONE)
        to[slab->total / 2]++;
    if (b->has == LOSES_ONE)
        memmove(to, to + 1, bytes - sizeof(double));
    return true;
}

static bool take(const rxt_slab *slab)
{
    const both *b = slab->state;

    return b->has != GIVES_NONE;
}

static bool answer(const rxt_slab *slab, double sum)
{
    both *b = slab->state;

    b->sum = sum + (b->has == ALTERS_SUM);
    return true;
}

static bool hear(const rxt_slab *slab, double *sum)
{
    both *b = slab->state;

    rxt_transfer_call(b->second, b->way, &b->right);
    *sum = b->other->sum;
    return true;
}

/* Number of right elements that the two ranks together count in the second of two calls. */
static double counted(fault second_call, ptrdiff_t n)
{
    static const rxt_way way = {
        .send_numbers = give, .receive_numbers = take, .send_sum = answer, .receive_sum = hear
    };
    rxt_slab first = { .total = n, .ranks = 2, .rank = 0 },
             second = { .total = n, .ranks = 2, .rank = 1 };
    both *a, *b;
    double right = NAN;

    CU_ASSERT_PTR_NULL_FATAL(rxt_transfer_make(&first, sizeof(both)));
    CU_ASSERT_PTR_NULL_FATAL(rxt_transfer_make(&second, sizeof(both)));
    CU_ASSERT_PTR_NULL_FATAL(rxt_transfer_numbers(&first, sizeof(double)));
    CU_ASSERT_PTR_NULL_FATAL(rxt_transfer_numbers(&second, sizeof(double)));
    a = first.state;
    b = second.state;
    a->other = b;
    a->second = &second;
    a->way = &way;
    for (int call = 0; call < 2; call++) {
        a->has = b->has = call == 0 ? FINE : second_call;
        rxt_transfer_call(&first, &way, &right);
        right += a->right;
        if (call == 0)
            CU_ASSERT_EQUAL(right, (double)n);
    }
    rxt_transfer_free(&first);
    rxt_transfer_free(&second);
    return right;
}

static void a_call_counts_what_arrived(void)
{
    for (int c = 0; c < COUNTS; c++) {
        CU_ASSERT_EQUAL(counted(FINE, counts[c]), counts[c]);
        CU_ASSERT(counted(ALTERS_SUM, counts[c]) < counts[c]);
        if (counts[c] < 2)
            continue;
        CU_ASSERT(counted(ALTERS_ONE, counts[c]) < counts[c]);
        CU_ASSERT(counted(LOSES_ONE, counts[c]) < counts[c]);
        CU_ASSERT(counted(GIVES_OLD, counts[c]) < counts[c]);
        CU_ASSERT(counted(GIVES_NONE, counts[c]) < counts[c]);
    }
}

static void more_numbers_than_add_up_exactly_are_refused(void)
{
    rxt_slab slab = { .total = RXT_NUMBERS_MOST + 1, .ranks = 1 };
    rxt_status st = rxt_transfer_make(&slab, sizeof(rxt_transfer));

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    rxt_status_free(st);
    rxt_transfer_free(&slab);
}

/* ---- serialise ---- */

static double strange_of(int i)
{
    static const uint64_t nan_with_bits = 0xfff8000000abcdef;
    double values[] = { 0.0, -0.0,         1.0,       -1.0 / 3, INFINITY, -INFINITY,
                        NAN, -(double)NAN, 0x1p-1074, 0x1p1023, 2e20,     0 };

    memcpy(&values[11], &nan_with_bits, sizeof nan_with_bits);
    return values[i % 12];
}

static void bytes_become_the_same_numbers(void)
{
    rxt_serial *serial = rxt_serial_open();

    CU_ASSERT_PTR_NOT_NULL_FATAL(serial);
    for (int c = COUNTS - 1; c >= 0; c--) { /* larger counts come first: the memory is reused */
        double x[MOST], found[MOST];
        size_t size, n = (size_t)counts[c];
        const void *bytes;

        for (int i = 0; i < MOST; i++)
            x[i] = strange_of(i);
        CU_ASSERT_FATAL(rxt_serial_write(serial, counts[c], x));
        bytes = rxt_serial_bytes(serial, &size);
        CU_ASSERT(size > n * 9 && size <= n * 9 + 5); /* a tag for each number, and a length */
        CU_ASSERT_EQUAL(rxt_serial_size(counts[c]), n * 9 + 5);
        CU_ASSERT(rxt_serial_read(bytes, size, counts[c], found));
        CU_ASSERT_EQUAL(memcmp(x, found, n * sizeof x[0]), 0);
        CU_ASSERT_FALSE(rxt_serial_read(bytes, size, counts[c] + 1, found));
        CU_ASSERT_FALSE(rxt_serial_read(bytes, size, counts[c] - 1, found));
    }
    rxt_serial_close(serial);
}

/* The exact bytes: an array of two, 1.5 and -2 as big-endian IEEE 754. */
static void bytes_are_portable(void)
{
    static const unsigned char expected[] = { 0x92, 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0,
                                              0xcb, 0xc0, 0,    0,    0, 0, 0, 0, 0 };
    const double x[] = { 1.5, -2 };
    rxt_serial *serial = rxt_serial_open();
    size_t size = 0;

    CU_ASSERT_FATAL(rxt_serial_write(serial, 2, x));
    CU_ASSERT_EQUAL(memcmp(rxt_serial_bytes(serial, &size), expected, sizeof expected), 0);
    CU_ASSERT_EQUAL(size, sizeof expected);
    rxt_serial_close(serial);
}

/* The copy is exactly as long as `bytes`, so that a sanitizer reports a read beyond it. */
static bool reads(const unsigned char *bytes, size_t size, ptrdiff_t n)
{
    unsigned char *copy = malloc(size ? size : 1);
    double x[64];
    bool read;

    memcpy(copy, bytes, size);
    read = rxt_serial_read(copy, size, n, x);
    free(copy);
    return read;
}

static void damaged_bytes_are_refused(void)
{
    enum { N = 20, HEAD = 3 };
    double x[N];
    rxt_serial *serial = rxt_serial_open();
    unsigned char bytes[1000] = { 0 };
    size_t size;

    rxt_numbers_make(CALL, N, x);
    CU_ASSERT_FATAL(rxt_serial_write(serial, N, x));
    memcpy(bytes, rxt_serial_bytes(serial, &size), 9 * N + HEAD);
    CU_ASSERT_EQUAL_FATAL(size, 9 * N + HEAD);
    for (size_t s = 0; s < size; s++)
        CU_ASSERT_FALSE(reads(bytes, s, N));
    CU_ASSERT_FALSE(reads(bytes, size + 1, N));
    for (size_t b = 0; b < size; b++) {
        bool tag = b < HEAD || (b - HEAD) % 9 == 0;
        unsigned char right = bytes[b];

        for (int value = 0; value < 256; value++) {
            bytes[b] = (unsigned char)value;
            CU_ASSERT_EQUAL(reads(bytes, size, N), !tag || value == right);
        }
        bytes[b] = right;
    }
    rxt_serial_close(serial);
}

static void other_bytes_are_refused(void)
{
    unsigned char bytes[200];
    uint64_t state = 1;

    for (int trial = 0; trial < 20000; trial++) {
        size_t size = (size_t)(trial % 200);

        for (size_t b = 0; b < size; b++)
            bytes[b] = (unsigned char)(rxt_random_next(&state) >> 56);
        CU_ASSERT_FALSE(reads(bytes, size, 20));
    }
}

/* ---- pipes ---- */

enum { OTHER_END = 100 }; /* a descriptor that the handler closes */

static void close_other_end(int signal)
{
    (void)signal;
    close(OTHER_END);
}

/* The signal handler closes the last end for writing, so the read ends with an end of file, not an
 * error. */
static void a_pipe_that_is_closed_is_no_error(void)
{
    const struct sigaction closing = { .sa_handler = close_other_end };
    const struct itimerval soon = { .it_value = { .tv_usec = 20000 } };
    struct sigaction usual;
    rxt_pipe_pair pipes = { .out = -1 };
    int ends[2];
    char byte;

    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    CU_ASSERT_EQUAL_FATAL(dup2(ends[1], OTHER_END), OTHER_END);
    close(ends[1]);
    pipes.in = ends[0];
    sigaction(SIGALRM, &closing, &usual);
    setitimer(ITIMER_REAL, &soon, NULL);
    errno = EIO;
    CU_ASSERT_FALSE(rxt_pipe_pair_read(&pipes, &byte, 1));
    CU_ASSERT_EQUAL(errno, 0);
    sigaction(SIGALRM, &usual, NULL);
    close(ends[0]);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "all made are right and add up", all_made_are_right_and_add_up },
        { "one wrong is seen", one_wrong_is_seen },
        { "one missing is seen", one_missing_is_seen },
        { "stale ones are seen", stale_ones_are_seen },
        { "blocks that changed places are seen", blocks_that_changed_places_are_seen },
        { "a call counts what arrived", a_call_counts_what_arrived },
        { "more numbers than add up exactly are refused",
          more_numbers_than_add_up_exactly_are_refused },
        { "bytes become the same numbers", bytes_become_the_same_numbers },
        { "bytes are portable", bytes_are_portable },
        { "damaged bytes are refused", damaged_bytes_are_refused },
        { "other bytes are refused", other_bytes_are_refused },
        { "a pipe that is closed is no error", a_pipe_that_is_closed_is_no_error },
        CU_TEST_INFO_NULL,
    };

    return suite_run("share", tests);
}
