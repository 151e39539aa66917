/* blas.c - checks the CBLAS library of a study; all ranks must agree on it. If the library lacks a
 * function that a kernel calls, the study is refused; if only --kernel=all asked for the kernel,
 * the kernel is left out. */
#include "study/study.h"

#include <stdio.h>
#include <string.h>

#include "base/checksum.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"

enum { NAMES = 200, TOLD = 240 };

static void say(const rxt_study_host *host, const char *line)
{
    if (rxt_comm_rank(host->world) == 0)
        host->say(host->arg, line);
}

/* Removes kernel k from the settings and adds its name to a list. */
static void take_out(rxt_settings *settings, int k, char names[NAMES])
{
    rxt_text_append(names, NAMES, "%s%s", *names ? ", " : "", settings->kernel[k]->name);
    settings->kernels--;
    memmove(&settings->kernel[k], &settings->kernel[k + 1],
            (size_t)(settings->kernels - k) * sizeof settings->kernel[0]);
}

/* Reports all removed kernels in one line. */
static void say_left_out(const rxt_study_host *host, const char *names, const char *why)
{
    char line[NAMES + RXT_STATUS_TEXT + 20];

    snprintf(line, sizeof line, "left out: %s: %s", names, why);
    say(host, line);
}

/* Is a kernel, or a library, named on the command line of any rank? All ranks must know this,
 * because ranks with different command lines would otherwise take different branches here and
 * deadlock. */
typedef struct named {
    bool kernel, library;
} named;

static named named_anywhere(const rxt_settings *settings, const rxt_comm *world)
{
    double any[2] = { !settings->every, settings->blas != NULL };

    rxt_comm_max(world, 2, any);
    return (named){ .kernel = any[0] > 0, .library = any[1] > 0 };
}

/* Is there a kernel that needs no CBLAS? */
static bool any_other(const rxt_settings *settings)
{
    bool any = false;

    for (int k = 0; k < settings->kernels; k++)
        any = any || !settings->kernel[k]->blas;
    return any;
}

/* The library could not be loaded. Removes the kernels that need a CBLAS. If a kernel or a library
 * was named, or no other kernel would remain, removes nothing and returns `lacking`. */
static rxt_status without(rxt_settings *settings, const rxt_study_host *host, named by,
                          rxt_status lacking)
{
    char names[NAMES] = "";

    if (by.kernel || by.library || !any_other(settings))
        return lacking;
    for (int k = 0; k < settings->kernels;)
        if (settings->kernel[k]->blas)
            take_out(settings, k, names);
        else
            k++;
    say_left_out(host, names, lacking->text);
    rxt_status_free(lacking);
    return RXT_OK;
}

static rxt_status lacks(const rxt_study_host *host, const rxt_kernel *kernel)
{
    rxt_status st = RXT_OK;

    if (!rxt_blas_find(host->blas, kernel->blas))
        st = rxt_status_of(RXT_ENVIRONMENT,
                           "%.40s: %.100s has no %.40s; name another library with --blas",
                           kernel->name, rxt_blas_account(host->blas), kernel->blas);
    return rxt_comm_agree(host->world, st);
}

/* Checks for each kernel that the library has its function. Some functions are extensions that not
 * every CBLAS has, such as cblas_dsum. */
static rxt_status check_functions(rxt_settings *settings, const rxt_study_host *host, named by)
{
    char names[NAMES] = "", why[160];

    for (int k = 0; k < settings->kernels;) {
        rxt_status st = settings->kernel[k]->blas ? lacks(host, settings->kernel[k]) : RXT_OK;

        if (st && (by.kernel || settings->kernels == 1))
            return st;
        if (st)
            take_out(settings, k, names);
        else
            k++;
        rxt_status_free(st);
    }
    snprintf(why, sizeof why, "not in %.120s", rxt_blas_account(host->blas));
    if (names[0])
        say_left_out(host, names, why);
    return RXT_OK;
}

static void say_threads(const rxt_study_host *host)
{
    char line[400];

    snprintf(line, sizeof line,
             "%.200s: it cannot be limited to one thread; if it starts threads, more workers run "
             "than the split says",
             rxt_blas_account(host->blas));
    if (!rxt_blas_alone(host->blas))
        say(host, line);
}

/* ---- the same on all ranks ---- */

/* Do all ranks have the same kernels? If not, rxt_study_blas returns at once, because it must make
 * no collective call that some ranks would not join. The ranks' plans then differ, and
 * rxt_agree_plan reports that. */
static bool same_kernels(const rxt_settings *settings, const rxt_comm *world)
{
    uint32_t all = 0;
    double both[2];

    for (int k = 0; k < settings->kernels; k++) {
        const char *name = settings->kernel[k]->name;

        all = (uint32_t)rxt_random_mix(all + (uint64_t)rxt_hash_bytes(name, strlen(name)));
    }
    both[0] = all;
    both[1] = -both[0];
    rxt_comm_max(world, 2, both);
    return both[0] == -both[1];
}

/* Identifies a library: `key` is compared between ranks, `shown` is printed, `option` is the value
 * of --blas. */
typedef struct identity {
    char key[TOLD], shown[TOLD], option[TOLD];
} identity;
enum { LETTERS = sizeof(identity) };

static void identify(const rxt_settings *settings, const rxt_blas *blas, identity *of)
{
    char name[100] = "", sum[9];

    rxt_blas_name(blas, name, sizeof name);
    rxt_checksum_of_file(rxt_blas_path(blas), sum);
    snprintf(of->key, TOLD, "%.120s, %s%s", rxt_blas_account(blas), name, sum);
    snprintf(of->shown, TOLD, "%s (%.100s%s%s)", name + strlen(", "), rxt_blas_path(blas),
             sum[0] ? ", CRC " : "", sum);
    snprintf(of->option, TOLD, "%s", settings->blas ? settings->blas : "");
}

/* Copies rank 0's identity to all ranks. */
static void take_first(const rxt_comm *world, identity *of)
{
    char *letter = (char *)of;
    double values[LETTERS];

    for (int i = 0; i < LETTERS; i++)
        values[i] = rxt_comm_rank(world) == 0 ? letter[i] : -256;
    rxt_comm_max(world, LETTERS, values);
    for (int i = 0; i < LETTERS; i++)
        letter[i] = (char)values[i];
}

/* All ranks must call the same library, on the same core type. Otherwise one row would mix figures
 * of two libraries, or of two code paths of one library. */
static rxt_status same_library(const rxt_settings *settings, const rxt_study_host *host)
{
    identity mine = { .key = "" }, first;
    rxt_status st = RXT_OK;

    identify(settings, host->blas, &mine);
    first = mine;
    take_first(host->world, &first);
    if (strcmp(mine.key, first.key))
        st = rxt_status_of(strcmp(mine.option, first.option) ? RXT_USAGE : RXT_ENVIRONMENT,
                           "rank 0 calls %.150s, rank %d %.150s; give all ranks the same --blas "
                           "and the same OPENBLAS_CORETYPE",
                           first.shown, rxt_comm_rank(host->world), mine.shown);
    return rxt_comm_agree(host->world, st);
}

rxt_status rxt_study_blas(rxt_settings *settings, const rxt_study_host *host, rxt_status lacking)
{
    rxt_status st;
    named by;

    if (!same_kernels(settings, host->world)) {
        rxt_status_free(lacking);
        return RXT_OK;
    }
    if (!rxt_settings_blas(settings)) {
        if (settings->blas)
            say(host, "--blas: has no effect here: no chosen kernel calls a BLAS");
        return lacking;
    }
    by = named_anywhere(settings, host->world);
    lacking = rxt_comm_agree(host->world, lacking);
    if (!lacking && rxt_comm_size(host->world) > 1)
        lacking = same_library(settings, host);
    if (lacking)
        return without(settings, host, by, lacking);
    st = check_functions(settings, host, by);
    if (!st && rxt_settings_blas(settings))
        say_threads(host);
    return st;
}
