/* say.c - a driver's messages. */
#include "app/say.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/output.h"
#include "base/clock.h"
#include "base/text.h"

void rxt_main_say(void *run, const char *text)
{
    const rxt_run *r = run;

    if (!r->settings.quiet)
        rxt_main_complain(run, text);
}

void rxt_main_complain(void *run, const char *text)
{
    const rxt_run *r = run;

    if (text[0])
        rxt_output_message(r->preset->program, text);
}

void rxt_main_tell(rxt_run *r, const char *format, ...)
{
    char text[RXT_STATUS_TEXT + 200] = "";
    va_list args;

    va_start(args, format);
    rxt_text_append_list(text, sizeof text, format, args);
    va_end(args);
    rxt_main_say(r, text);
}

void rxt_main_trying(void *run, int done, int all, double left)
{
    rxt_run *r = run;

    rxt_report_trying(stderr, &r->line, rxt_clock_now(), done, all, left);
}

void rxt_main_progress(void *run, int round, int most, double left)
{
    rxt_run *r = run;

    rxt_report_progress(stderr, &r->line, rxt_clock_now(), round, most, left);
}
