/* status.c - error codes with their message. */
#include <rxt/status.h>

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Returned if there is no memory even for a message; never freed. */
static const rxt_problem exhausted = {
    .code = RXT_ENVIRONMENT,
    .text = "out of memory; free memory or choose smaller sizes",
};

static rxt_status make(rxt_code code, const char *opening, const char *format, va_list args)
{
    rxt_problem *problem = malloc(sizeof *problem);

    if (!problem)
        return (rxt_status)&exhausted;
    *problem = (rxt_problem){ .code = code };
    rxt_text_append(problem->text, sizeof problem->text, "%s", opening);
    rxt_text_append_list(problem->text, sizeof problem->text, format, args);
    return problem;
}

rxt_status rxt_status_of(rxt_code code, const char *format, ...)
{
    va_list args;
    rxt_status st;

    va_start(args, format);
    st = make(code, "", format, args);
    va_end(args);
    return st;
}

rxt_status rxt_status_no_memory(const char *format, ...)
{
    va_list args;
    rxt_status st;

    va_start(args, format);
    st = make(RXT_ENVIRONMENT, "no memory ", format, args);
    va_end(args);
    return st;
}

bool rxt_status_is_shortage(int error)
{
    return error == ENOMEM || error == EMFILE || error == ENFILE;
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
