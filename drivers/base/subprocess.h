/* subprocess.h - somebody's program, started directly: no shell reads its name or its arguments. */
#ifndef RXT_SUBPROCESS_H
#define RXT_SUBPROCESS_H

/* Runs argv[0], looked for in PATH, until it ends, in our environment but the variable `without`.
 * `descriptor`: its standard input, output and error; its signals are as by default. *code: its
 * exit code, or 128 + the signal that ended it. Returns 0, or errno where it cannot be started
 * (ENOENT: it is not there); ETIMEDOUT where it was killed, since it had not ended after so many
 * seconds. Local. */
int rxt_subprocess_run(char *const argv[], const char *without, const int descriptor[3],
                       double seconds, int *code);

#endif
