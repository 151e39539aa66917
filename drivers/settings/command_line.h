/* command_line.h - reads the options on a command line, of a driver or of a verb of rxt.
 *
 * glibc's argp parses the options and formats the help. argp must not print or exit, because every
 * rank reads its command line, but only main prints. With these settings argp does not report what
 * was wrong, so this module finds the reason. */
#ifndef RXT_COMMAND_LINE_H
#define RXT_COMMAND_LINE_H

#include <argp.h>
#include <stdbool.h>

#include <rxt/status.h>

/* argp's key of the option at `index` in its table. */
int rxt_command_line_key(char letter, int index);

typedef struct rxt_command_line {
    const struct argp_option *option; /* table, with keys as above; ends with all zero */
    const char *help;                 /* the option that lists all: "--help" */

    /* Called for each option with its index, and with -1 for an argument that is no option, in the
     * order of the line. value: NULL if the option has no value. If `take` sets *ends, the rest of
     * the line is ignored. */
    rxt_status (*take)(void *arg, int index, char *value, bool *ends);
    void *arg;
} rxt_command_line;

/* Calls `take` for one argument after the other until one is refused. RXT_USAGE also for an option
 * that is unknown or ambiguous, lacks its value, or has a value but takes none. argv[0] is
 * ignored. */
rxt_status rxt_command_line_read(const rxt_command_line *line, int argc, char **argv);

#endif
