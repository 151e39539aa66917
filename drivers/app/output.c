/* output.c - a program's messages on stderr, and a check that stdout was written. */
#include "app/output.h"

#include <errno.h>
#include <stdio.h>

#include "base/text.h"

void rxt_output_message(const char *program, const char *text)
{
    char line[2 * RXT_STATUS_TEXT];

    snprintf(line, sizeof line, "%s: %s", program, text);
    fprintf(stderr, "%s\n", rxt_text_plain(line));
}

rxt_status rxt_output_flush(void)
{
    if (fflush(stdout) || ferror(stdout))
        return rxt_status_of(RXT_ENVIRONMENT, "cannot write to standard output (%s)",
                             rxt_status_reason(errno));
    return RXT_OK;
}
