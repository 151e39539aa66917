/* command_line.h - the options on a command line, a driver's or a verb's.
 *
 * glibc's argp finds them and formats the help, but is kept from printing and exiting: every rank
 * reads its command line, and main alone speaks. Silenced so, it does not tell what was wrong; we
 * do. */
#ifndef RXT_COMMAND_LINE_H
#define RXT_COMMAND_LINE_H

#include <argp.h>
#include <stdbool.h>

#include <rxt/status.h>

/* argp's key of the option at `index` in its table. */
int rxt_command_line_key(char letter, int index);

typedef struct rxt_command_line {
    const struct argp_option *option; /* keys as above; all zero at its end */
    const char *help;                 /* what lists the options: "--help"   */

    /* An option by its index, or -1 for an argument that is none, in the order of the line. value:
     * NULL where the option has none. After *ends the rest is not looked at. */
    rxt_status (*take)(void *arg, int index, char *value, bool *ends);
    void *arg;
} rxt_command_line;

/* Takes one after the other until one is refused. RXT_USAGE, too, for an option that is unknown,
 * could be several, lacks a value or takes none. argv[0] is not looked at. */
rxt_status rxt_command_line_read(const rxt_command_line *line, int argc, char **argv);

#endif
