/* verb.h - programs of several verbs, started as `rxt VERB …`, that measure nothing and need no
 * MPI.
 */
#ifndef RXT_VERB_H
#define RXT_VERB_H

#include <stdbool.h>

#include <rxt/status.h>

enum { RXT_VERB_OPTIONS = 16 };

typedef struct rxt_verb_option {
    const char *name;  /* without dashes                                          */
    char letter;       /* '\0': long only                                         */
    const char *value; /* what the value is called in --help; NULL: it takes none */
    const char *help;
} rxt_verb_option;

/* A verb's command line, understood. */
typedef struct rxt_verb_line {
    const char *value[RXT_VERB_OPTIONS]; /* of each option, "" of one that takes none; NULL: not
                                            given; the last of two                              */
    int arguments;                       /* that are no options                                  */
    char **argument;
    void (*say)(const struct rxt_verb_line *line, const char *text); /* to the user: one line */
    const char *program;
} rxt_verb_line;

typedef struct rxt_verb {
    const char *name, *purpose;
    const char *arguments; /* in --help: "STUDY -o FILE" */
    const char *notes;     /* in --help, behind the options; "" for none */
    int options;           /* at most RXT_VERB_OPTIONS; --help and --usage are everybody's */
    const rxt_verb_option *option;
    rxt_status (*run)(const rxt_verb_line *line);
} rxt_verb;

extern const rxt_verb rxt_verb_plot, rxt_verb_tour;

/* Runs the program: `int main(int argc, char **argv) { return rxt_verbs(&program, argc, argv); }`.
 * Returns the exit code of INTERFACE. */
typedef struct rxt_verb_program {
    const char *name, *purpose;
    const rxt_verb *const *verb; /* NULL at its end */
} rxt_verb_program;
int rxt_verbs(const rxt_verb_program *program, int argc, char **argv);

#endif
