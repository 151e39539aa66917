/* main.h - the description of a driver, and its main function. */
#ifndef RXT_MAIN_H
#define RXT_MAIN_H

/* Subject of a driver of the lesson; it adds the options of that subject. NONE for all other
 * drivers. */
typedef enum rxt_lesson {
    RXT_LESSON_NONE,
    RXT_LESSON_SPAWN,
    RXT_LESSON_SHARE,
    RXT_LESSON_LOCK,
    RXT_LESSON_IO
} rxt_lesson;

/* A driver's description: its name, one line on what it measures, and its default kernels (a
 * comma-separated list; NULL: the user must name them). Fields left out have the usual defaults. */
typedef struct rxt_preset {
    const char *program, *purpose, *kernels;
    rxt_lesson lesson;
    const char *sizes;   /* default of --size                                              */
    const char *splits;  /* default of --splits                                            */
    const char *against; /* name of the task that costs are relative to                    */
    int most_workers;    /* default limit of workers, even on fewer cores; 0: one per core */
} rxt_preset;

/* Runs the driver: parses the options, runs the study, prints the report. Returns the exit code:
 * `int main(int argc, char **argv) { return rxt_main(&preset, argc, argv); }`. */
int rxt_main(const rxt_preset *preset, int argc, char **argv);

#endif
