/* main.c - bench_peers: compares the speed of rxt's kernels, teams and transports with its peers.
 *
 *   bench_peers [-r ROUNDS] [-f text|markdown|tsv] [--core=NAME] [ROW…]
 *
 * OpenBLAS runs the kernels of the core type that it detects, or of --core=NAME (a name of
 * OPENBLAS_CORETYPE; the variable itself is ignored). The output names the core type. Without ROW
 * all rows are measured, except `window`, which needs mpirun: mpirun -np 2 bench_peers window. See
 * docs/performance.md; tests/bench/peers.sh runs all rows. Exit code: 0 measured (whatever the
 * figures are), 2 usage, 3 environment, 5 a wrong result. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "comm/comm.h"
#include "machine/launcher.h"
#include "support/table.h"

#include "modes.h"
#include "rows.h"

typedef struct options {
    int rounds;
    peers_format format;
    const char *once, *tune, *pairs, *core;
    int rows; /* length of `names`; 0: all */
    char **names;
} options;

static rxt_status format_of(const char *text, peers_format *format)
{
    static const char *const name[] = { "text", "markdown", "tsv" };

    for (int f = 0; f < 3; f++)
        if (!strcmp(text, name[f])) {
            *format = (peers_format)f;
            return RXT_OK;
        }
    return rxt_status_of(RXT_USAGE, "--format=%s: text, markdown or tsv", text);
}

static rxt_status rounds_of(const char *text, int *rounds)
{
    char *end;
    long number = strtol(text, &end, 10);

    *rounds = (int)number;
    if (*end || number < 6 || number > PEERS_ROUNDS)
        return rxt_status_of(RXT_USAGE, "--rounds=%s: a whole number from 6 to %d", text,
                             PEERS_ROUNDS);
    return RXT_OK;
}

static rxt_status take(options *o, int option)
{
    switch (option) {
    case 'r':
        return rounds_of(optarg, &o->rounds);
    case 'f':
        return format_of(optarg, &o->format);
    case 'o':
        o->once = optarg;
        return RXT_OK;
    case 't':
        o->tune = optarg;
        return RXT_OK;
    case 'c':
        o->core = optarg;
        return RXT_OK;
    case 'p':
        o->pairs = optarg;
        return RXT_OK;
    default:
        return rxt_status_of(RXT_USAGE, "bench_peers [--rounds=N] [--format=text|markdown|tsv] "
                                        "[--core=NAME] [--once=LEVEL | --tune=ROW | --pairs=SPEC | "
                                        "ROW...]");
    }
}

static rxt_status parse(int argc, char *argv[], options *o)
{
    static const struct option known[] = { { "rounds", required_argument, NULL, 'r' },
                                           { "format", required_argument, NULL, 'f' },
                                           { "once", required_argument, NULL, 'o' },
                                           { "tune", required_argument, NULL, 't' },
                                           { "pairs", required_argument, NULL, 'p' },
                                           { "core", required_argument, NULL, 'c' },
                                           { 0 } };
    rxt_status st = RXT_OK;
    int option;

    opterr = 0;
    while (!st && (option = getopt_long(argc, argv, "r:f:", known, NULL)) != -1)
        st = take(o, option);
    o->rows = argc - optind;
    o->names = argv + optind;
    for (int r = 0; r < o->rows && !st; r++)
        if (!peers_row_find(o->names[r]))
            st = rxt_status_of(RXT_USAGE, "%s: no such row", o->names[r]);
    return st;
}

/* Reads the machine's topology. Plans two threads; all contenders use the CPUs of this plan. */
static rxt_status open_bench(const options *o, rxt_place **place, peers_bench *bench)
{
    rxt_status st = rxt_place_open(&(rxt_place_request){ 0 }, place);

    if (st)
        return st;
    *bench = (peers_bench){ .place = *place, .rounds = o->rounds, .window = 300e-6 };
    if ((*place)->seats < PEERS_THREADS)
        return rxt_status_of(RXT_ENVIRONMENT, "%d core: the peers are measured with one and two",
                             (*place)->seats);
    rxt_place_plan(*place, RXT_BIND_HYBRID, 1, PEERS_THREADS, bench->cpu);
    return RXT_OK;
}

static void say_library(const peers_library *library)
{
    if (library->handle)
        fprintf(stderr, "bench_peers: %s %s\n", library->name, library->version);
    else
        fprintf(stderr, "bench_peers: no %s (package %s): %s\n", library->name, library->package,
                library->missing);
}

static rxt_status run_row(const peers_bench *bench, const peers_row *row, const options *o)
{
    char why[64];

    if (row->kernel && !rxt_kernel_find(row->kernel, RXT_F64)) {
        snprintf(why, sizeof why, "no kernel %s in this build", row->kernel);
        peers_figure_none(stdout, o->format, row->name, why);
        return RXT_OK;
    }
    return row->run(bench, row, stdout, o->format);
}

static rxt_status run_rows(const peers_bench *bench, const options *o)
{
    static const char *const all[] = { "dot",   "dot_dram", "dot_others", "nrm2",  "iamax",
                                       "asum",  "sum",      "max",        "triad", "add",
                                       "scale", "copy",     "exp",        "sqrt",  "empty" };
    int rows = o->rows > 0 ? o->rows : (int)(sizeof all / sizeof *all);
    rxt_status st = RXT_OK;

    for (int r = 0; r < rows && !st; r++)
        st = run_row(bench, peers_row_find(o->rows > 0 ? o->names[r] : all[r]), o);
    return st;
}

/* Is it the row for ranks? It binds nothing, and needs no topology and no libraries. */
static bool is_for_ranks(const options *o)
{
    return o->rows == 1 && !strcmp(o->names[0], "window");
}

static rxt_status measure(const options *o)
{
    peers_bench bench = { .rounds = o->rounds, .window = 300e-6 };
    rxt_place *place = NULL;
    rxt_status st;

    if (o->pairs)
        return peers_mode_pairs(o->pairs, stdin, stdout, o->format);
    if (is_for_ranks(o))
        return run_rows(&bench, o);
    st = open_bench(o, &place, &bench);
    if (!st && o->once)
        st = peers_mode_once(&bench, o->once, stdout);
    else if (!st && o->tune)
        st = peers_mode_tune(&bench, o->tune, stdout);
    else if (!st) {
        peers_library_open(&bench.openblas, &bench.blis);
        say_library(&bench.openblas);
        say_library(&bench.blis);
        peers_figure_head(stdout, o->format);
        st = run_rows(&bench, o);
    }
    rxt_place_close(place);
    return st;
}

/* OpenBLAS reads the environment before main. So if the environment differs from the command line,
 * this function changes it and the program executes itself again. */
static rxt_status settle_core(const char *core, char *argv[])
{
    static const char *const variable[] = { "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE" };
    const char *set = getenv(variable[0]);

    if (!getenv(variable[1]) && (core && set ? !strcmp(core, set) : core == set))
        return RXT_OK;
    unsetenv(variable[1]);
    if (core ? setenv(variable[0], core, 1) : unsetenv(variable[0]))
        return rxt_status_of(RXT_ENVIRONMENT, "%s: %s", variable[0], strerror(errno));
    execv("/proc/self/exe", argv);
    return rxt_status_of(RXT_ENVIRONMENT, "cannot start anew: %s", strerror(errno));
}

int main(int argc, char *argv[])
{
    options o = { .rounds = 25 };
    rxt_status st = parse(argc, argv, &o);
    int code;

    if (!st)
        st = settle_core(o.core, argv);

    if (!st)
        st = measure(&o);
    if (st && rxt_launcher_find().rank == 0)
        fprintf(stderr, "bench_peers: %s\n", st->text);
    code = (int)rxt_status_code(st);
    rxt_status_free(st);
    return code;
}
