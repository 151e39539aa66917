/* settings.h - a study's settings: a driver's preset, changed by the command line. */
#ifndef RXT_SETTINGS_H
#define RXT_SETTINGS_H

#include <stdio.h>

#include "comm/comm.h"
#include "data/operands.h"
#include "data/pages.h"
#include "machine/cpus.h"
#include "machine/place.h"
#include "splits/scaling.h"
#include "splits/splits.h"
#include "support/type.h"
#include "team/sync.h"
#include "team/team.h"
#include <rxt/main.h>
#include <rxt/task.h>

enum { RXT_SIZES = 64, RXT_KERNELS = 64, RXT_HEAPS = 16, RXT_HEAP_NAME = 96 };

/* A size as the user gave it: a number, or a level ("L1", "L2", "L3", "dram") that the host turns
 * into a number. */
typedef struct rxt_size {
    ptrdiff_t n;   /* -1 for a level */
    char level[8]; /* "" for a number */
} rxt_size;

typedef enum rxt_action {
    RXT_ACTION_MEASURE,
    RXT_ACTION_HELP,
    RXT_ACTION_USAGE,
    RXT_ACTION_VERSION,
    RXT_ACTION_LIST,
    RXT_ACTION_DRY_RUN
} rxt_action;

typedef enum rxt_format {
    RXT_FORMAT_TEXT,
    RXT_FORMAT_CSV,
    RXT_FORMAT_JSON,
    RXT_FORMATS
} rxt_format;
extern const rxt_vocabulary rxt_format_vocabulary;

typedef enum rxt_resume { RXT_RESUME_NO, RXT_RESUME_YES, RXT_RESUME_FORCE } rxt_resume;
typedef enum rxt_progress { RXT_PROGRESS_AUTO, RXT_PROGRESS_YES, RXT_PROGRESS_NO } rxt_progress;

typedef struct rxt_settings {
    const rxt_preset *preset;
    rxt_action action;
    const rxt_kernel *kernel[RXT_KERNELS];
    int kernels;
    bool kernel_given; /* a second --kernel adds to the first; likewise --size and --splits */
    bool every;        /* --kernel=all: kernels without a loop for the type are left out */
    rxt_type type;     /* --type; all kernels have it */
    rxt_size size[RXT_SIZES];
    int sizes; /* 0: the length of own operands */
    bool size_given;
    bool break_even;              /* --break-even: adds sizes until the break-even size is known */
    const char *blas;             /* --blas; NULL: OpenBLAS */
    const char *own[RXT_OWN];     /* --x, --y; NULL: generated                        */
    const rxt_operands *operands; /* the files --x and --y after they were opened; NULL before */
    bool weak;                    /* sizes are elements per worker, not of all workers together */
    rxt_splits_request splits;
    rxt_team_kind team[RXT_WORDS];
    int teams;
    rxt_combine combine[RXT_WORDS];
    int combines;
    rxt_sync sync;
    rxt_bind bind[RXT_WORDS];
    int binds;
    bool has_cpus;
    rxt_cpus cpus; /* --cpus            */
    int cores;     /* --cores, 0: all   */
    bool smt;
    double precision; /* 0.01 for 1 %      */
    int rounds_min, rounds_max;
    int epochs;      /* least number of epochs of a block; 1: pages are drawn only once */
    rxt_pages pages; /* of the operands */
    double budget;   /* seconds           */
    bool budget_given;
    uint64_t seed;
    const char *output; /* NULL: none        */
    const char *plot;   /* NULL: none */
    rxt_resume resume;
    rxt_resume again;    /* add a run to the study in `output` */
    const char *history; /* files joined by commas; NULL: none */
    rxt_format format;
    const char *topology; /* for --dry-run */
    int ranks_started;    /* for --dry-run; 0: as many as cores */
    bool show_binding, quiet, verbose;
    rxt_progress progress;
    rxt_task_options options; /* for tasks */
    int wished;               /* bits RXT_HEEDS_… of the options given */
    ptrdiff_t heap[RXT_HEAPS];
    int heaps;
    rxt_task with_heap[RXT_KERNELS]; /* the tasks that --heap made */
    char with_name[RXT_KERNELS][RXT_HEAP_NAME];
} rxt_settings;

/* Reads the settings of a command line. RXT_USAGE for an invalid command line; the message has
 * option, value and remedy. Never prints, never exits, needs no MPI. Local. */
rxt_status rxt_settings_of(const rxt_preset *preset, int argc, char **argv, rxt_settings *settings);

/* RXT_USAGE for options that exclude each other; sets values that depend on several options. */
rxt_status rxt_settings_check(rxt_settings *settings);

/* Does the user give operands (--x, --y)? */
bool rxt_settings_own(const rxt_settings *settings);

/* The number of operands that the kernels read; if they differ, the largest number. */
int rxt_settings_inputs(const rxt_settings *settings);

/* Sets an option from its value. The functions below that have the parameter `value` do the same
 * for their options. RXT_USAGE as rxt_settings_of. */
rxt_status rxt_settings_kernel(rxt_settings *settings, const char *value);

/* Does one of the kernels call a CBLAS? */
bool rxt_settings_blas(const rxt_settings *settings);

/* Does --sync have an effect on one of the kernels? */
bool rxt_settings_heeds_sync(const rxt_settings *settings);

/* Replaces the kernels by those of the same names for the settings' type. RXT_USAGE for a kernel
 * that does not exist in that type. */
rxt_status rxt_settings_typed(rxt_settings *settings);

rxt_status rxt_settings_size(rxt_settings *settings, const char *value);
rxt_status rxt_settings_splits(rxt_settings *settings, const char *value);
rxt_status rxt_settings_ranks(rxt_settings *settings, const char *value);
rxt_status rxt_settings_threads(rxt_settings *settings, const char *value);
rxt_status rxt_settings_nodes(rxt_settings *settings, const char *value);
rxt_status rxt_settings_per_node(rxt_settings *settings, const char *value);
rxt_status rxt_settings_baseline(rxt_settings *settings, const char *value);
/* One option of the command line. `set`, `at`, `flag` or `action` says what the option does. If an
 * option is given twice, the second replaces the first; only -k, -n and -p add to the first. */
typedef struct rxt_option {
    const char *name;  /* without dashes                                     */
    char letter;       /* '\0': long only                                    */
    const char *value; /* name of the value in --help; NULL: no value */
    const char *help;
    const char *own_help; /* help in the drivers of a lesson; NULL: `help` */
    rxt_status (*set)(rxt_settings *settings, const char *value);
    const rxt_vocabulary *words; /* the words of the value; --help adds them */
    size_t at, many; /* offsets in rxt_settings. at: of the index of the word, or of a list of
                        indices. many: of the length of this list. If `set` is given too, it only
                        checks the value */
    size_t flag;     /* offset of a bool in rxt_settings; the option sets it to true */
    rxt_action action;
    bool optional; /* the value may be missing: set gets NULL */
} rxt_option;
enum { RXT_OPTIONS = 48 };

/* Sets an option whose value is a word or a list of words. RXT_USAGE as rxt_settings_of. */
rxt_status rxt_settings_words(const rxt_option *option, rxt_settings *settings, const char *value);

/* The options of a driver: first those of its lesson, then those of all drivers. Returns their
 * number. */
int rxt_settings_options(rxt_lesson lesson, const rxt_option *option[RXT_OPTIONS]);

/* The options that only a lesson has. */
const rxt_option *rxt_settings_lesson_options(rxt_lesson lesson, int *count);

/* Applies --heap: each kernel becomes one kernel per heap, KERNEL@HEAP. The new kernels are in
 * `settings`, which must not be moved afterwards. RXT_USAGE for too many kernels, or for a kernel
 * that is no task. */
rxt_status rxt_settings_heaps(rxt_settings *settings);

/* The settings for a study file, under the options' names; null for an option that was not given.
 * Own operands are {"file", "type", "digest"}; the last two are null until the files were read. `n`
 * are the sizes in numbers, after the levels were replaced, equal sizes once (count 0: not known).
 * The first function has the settings that decide what is measured; a study can be resumed only if
 * these are equal. The second function has these, and the settings that decide when to stop.
 * Neither has the options that only concern printing. NULL without memory. */
struct json_t *rxt_settings_measured_json(const rxt_settings *settings, int count,
                                          const ptrdiff_t n[]);
struct json_t *rxt_settings_json(const rxt_settings *settings, int count, const ptrdiff_t n[]);

/* Prints --help, or --usage if `brief`, to the stream. */
void rxt_settings_help(FILE *file, const rxt_preset *preset, bool brief);

#endif
