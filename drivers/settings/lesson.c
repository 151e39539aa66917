/* lesson.c - the options that only the drivers of the lesson have. */
#include "settings/settings.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"

/* No system runs more than MOST_WORKERS workers at once. */
enum { MOST_WORKERS = 1000000, MOST_SECONDS = 3600 };

static rxt_status set_count(rxt_settings *s, const char *value)
{
    ptrdiff_t n[RXT_SIZES];
    rxt_status st = rxt_list_numbers("--count", value, 0, MOST_WORKERS, RXT_SIZES, n, &s->sizes);

    for (int i = 0; !st && i < s->sizes; i++)
        s->size[i] = (rxt_size){ .n = n[i] };
    s->size_given = true;
    return st;
}

static rxt_status set_heap(rxt_settings *s, const char *value)
{
    return rxt_list_numbers("--heap", value, 0, PTRDIFF_MAX, RXT_HEAPS, s->heap, &s->heaps);
}

/* Is the value a time of 0? rxt_list_time refuses 0. So the function puts "1" before the text and
 * checks that the result, such as "10ms", is a time. */
static bool is_zero(const char *value)
{
    char one[32];
    double seconds;

    snprintf(one, sizeof one, "1%s", value);
    return *value == '0' && strspn(value, "0.") == strspn(value, "0123456789.") &&
           rxt_list_time(one, &seconds);
}

static rxt_status set_time(const char *option, const char *value, bool zero, double *seconds)
{
    bool nothing = zero && is_zero(value);

    if (nothing)
        *seconds = 0;
    if (nothing || (rxt_list_time(value, seconds) && *seconds <= MOST_SECONDS))
        return RXT_OK;
    return rxt_status_of(RXT_USAGE, "%s=%.200s: write a time %s, at most 1h, such as 5ms or 0.5s",
                         option, value, zero ? "of 0 or more" : "above 0");
}

static rxt_status set_interval(rxt_settings *s, const char *value)
{
    s->wished |= RXT_HEEDS_SWITCH_INTERVAL;
    return set_time("--switch-interval", value, false, &s->options.switch_interval);
}

static rxt_status set_service(rxt_settings *s, const char *value)
{
    s->wished |= RXT_HEEDS_SERVICE_TIME;
    return set_time("--service-time", value, true, &s->options.service_time);
}

static rxt_status set_share(rxt_settings *s, const char *value)
{
    size_t digits = strspn(value, "0123456789.");
    char *end;
    double share = strtod(value, &end);

    if (!digits || end != value + digits || *end || !(share <= 1))
        return rxt_status_of(RXT_USAGE,
                             "--compute-share=%.200s: write the part of a unit's time that is "
                             "computed, from 0 to 1, such as 0.5",
                             value);
    s->options.compute_share = share;
    s->wished |= RXT_HEEDS_COMPUTE_SHARE;
    return RXT_OK;
}

static const rxt_option spawn[] = {
    { "count", 0, "LIST",
      "how many workers are created before the first is joined (--size of this program); default "
      "1,10,100",
      .set = set_count },
    { "heap", 0, "LIST",
      "bytes of touched memory that the process holds in addition, such as 256M or 1Gi; several "
      "values are compared; default none",
      .set = set_heap },
};

static const rxt_option lock[] = {
    { "switch-interval", 0, "TIME",
      "a thread that has waited this long for the lock asks its holder to release it; default 5ms",
      .set = set_interval },
};

static const rxt_option io[] = {
    { "service-time", 0, "TIME", "time that the server takes for one request; default 10ms",
      .set = set_service },
    { "compute-share", 0, "SHARE",
      "mixed: the part of a unit's time that is computing, 0 to 1; default 0.5", .set = set_share },
};

#define TABLE(table) ((*count = sizeof(table) / sizeof(table)[0]), (table))

const rxt_option *rxt_settings_lesson_options(rxt_lesson lesson, int *count)
{
    *count = 0;
    switch (lesson) {
    case RXT_LESSON_SPAWN:
        return TABLE(spawn);
    case RXT_LESSON_LOCK:
        return TABLE(lock);
    case RXT_LESSON_IO:
        return TABLE(io);
    case RXT_LESSON_SHARE:
    case RXT_LESSON_NONE:
        break;
    }
    return NULL;
}

/* Adds a task with this heap. With a heap of 0 the name does not change, because the process gets
 * no additional memory. */
static void add_heap(rxt_settings *s, int at, const rxt_task *task, ptrdiff_t heap)
{
    rxt_task *with = &s->with_heap[at];
    char bytes[32];

    *with = *task;
    with->kernel.task = with;
    with->kernel.name = s->with_name[at];
    with->heap = (double)heap;
    snprintf(s->with_name[at], RXT_HEAP_NAME, heap ? "%.60s@%s" : "%.60s", task->kernel.name,
             rxt_list_print(heap, bytes));
}

rxt_status rxt_settings_heaps(rxt_settings *s)
{
    int made = 0;

    if (s->kernels * s->heaps > RXT_KERNELS)
        return rxt_status_of(
            RXT_USAGE,
            "--heap: %d kernels times %d heaps are more than %d rows per size; ask for fewer",
            s->kernels, s->heaps, RXT_KERNELS);
    for (int k = 0; k < s->kernels && s->heaps; k++) {
        if (!s->kernel[k]->task)
            return rxt_status_of(
                RXT_USAGE,
                "--heap: %s is not a task, so it cannot hold a heap; use only one of the two",
                s->kernel[k]->name);
        for (int h = 0; h < s->heaps; h++)
            add_heap(s, made++, s->kernel[k]->task, s->heap[h]);
    }
    for (int k = 0; k < made; k++)
        s->kernel[k] = &s->with_heap[k].kernel;
    s->kernels = made ? made : s->kernels;
    return RXT_OK;
}
