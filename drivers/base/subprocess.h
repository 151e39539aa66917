/* subprocess.h - runs another program directly, without a shell. */
#ifndef RXT_SUBPROCESS_H
#define RXT_SUBPROCESS_H

/* Runs argv[0], searched in PATH, until it ends. It gets our environment without the variable
 * `without`, default signals, and `descriptor` as standard input, output and error. *code: its
 * exit code, or 128 + the signal that ended it. Returns 0, or errno if it cannot be started
 * (ENOENT: not found), or ETIMEDOUT if it was killed after `seconds`. Local. */
int rxt_subprocess_run(char *const argv[], const char *without, const int descriptor[3],
                       double seconds, int *code);

#endif
