/* status.h - one type for errors.
 *
 * A status is RXT_OK or a message with an exit code. It is made where the fault happens, passed up
 * unchanged, agreed on by all ranks (rxt_comm_agree), and printed only by main. */
#ifndef RXT_STATUS_H
#define RXT_STATUS_H

#include <stdbool.h>

/* Exit codes of every program (1 is left to launchers such as mpirun). */
typedef enum rxt_code {
    RXT_DONE = 0,        /* measured, and every result verified                 */
    RXT_USAGE = 2,       /* error in the command line or in an input file       */
    RXT_ENVIRONMENT = 3, /* memory, binding, file system, MPI, a missing tool   */
    RXT_STOPPED = 4,     /* ended by a signal, or by --budget before all rounds */
    RXT_WRONG = 5,       /* a result was wrong                                  */
} rxt_code;

enum { RXT_STATUS_TEXT = 480 };

typedef struct rxt_problem {
    rxt_code code;
    char text[RXT_STATUS_TEXT]; /* what, which value, what to do; no newline, no program name */
} rxt_problem;

typedef const rxt_problem *rxt_status;
#define RXT_OK ((rxt_status)0)

/* A new problem with printf's formatting; text longer than RXT_STATUS_TEXT - 1 bytes is cut. Local;
 * cannot fail: without memory for the text it returns a fixed "out of memory" with code
 * RXT_ENVIRONMENT. */
rxt_status rxt_status_of(rxt_code code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The problem "no memory " followed by the formatted text, as in ("for %d rows", count); the code
 * is RXT_ENVIRONMENT. */
rxt_status rxt_status_no_memory(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* RXT_DONE for RXT_OK, else the problem's code. */
rxt_code rxt_status_code(rxt_status status);

/* strerror's text for an errno; for errors that it does not explain, with a hint what to check. */
const char *rxt_status_reason(int error);

/* Does this errno mean that the system lacks memory or descriptors? Then another file does not
 * help. */
bool rxt_status_is_shortage(int error);

/* Frees a problem; RXT_OK is allowed. */
void rxt_status_free(rxt_status status);

/* `first` if it is a problem (frees `second`), else `second`: `st = rxt_status_first(st,
 * rxt_close(…))`. */
rxt_status rxt_status_first(rxt_status first, rxt_status second);

#endif
