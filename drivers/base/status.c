/* status.c - what went wrong, said once. */
#include <rxt/status.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Given out when there is no memory even for a message; never freed. */
static const rxt_problem exhausted = {
    .code = RXT_ENVIRONMENT,
    .text = "out of memory; free some or choose smaller sizes",
};

rxt_status rxt_status_of(rxt_code code, const char *format, ...)
{
    rxt_problem *problem = malloc(sizeof *problem);
    va_list args;

    if (!problem)
        return (rxt_status)&exhausted;
    problem->code = code;
    va_start(args, format);
    vsnprintf(problem->text, sizeof problem->text, format, args);
    va_end(args);
    return problem;
}

const char *rxt_status_reason(int error)
{
    return error == EFBIG ? "File too large; see ulimit -f" : strerror(error);
}

rxt_code rxt_status_code(rxt_status status)
{
    return status ? status->code : RXT_DONE;
}

void rxt_status_free(rxt_status status)
{
    if (status != &exhausted)
        free((void *)status);
}

rxt_status rxt_status_first(rxt_status first, rxt_status second)
{
    if (!first)
        return second;
    rxt_status_free(second);
    return first;
}
