/* main.h - a driver: its description, and its main function. */
#ifndef RXT_MAIN_H
#define RXT_MAIN_H

/* What a driver of the lesson is about; NONE for all others. Its options come on top of the usual.
 */
typedef enum rxt_lesson {
    RXT_LESSON_NONE,
    RXT_LESSON_SPAWN,
    RXT_LESSON_SHARE,
    RXT_LESSON_LOCK,
    RXT_LESSON_IO
} rxt_lesson;

/* What a driver is: its name, one line on what it measures, and its default kernels (a
 * comma-separated list; NULL: the user must name them). What is left out is as usual. */
typedef struct rxt_preset {
    const char *program, *purpose, *kernels;
    rxt_lesson lesson;
    const char *sizes;   /* by default, as --size takes them           */
    const char *splits;  /* likewise, as --splits                      */
    const char *against; /* the task that the costs of the others are relative to */
    int most_workers;    /* most workers by default, even on fewer cores; 0: one per core */
} rxt_preset;

/* Runs the driver: options over the preset, the study, the report. Returns the exit code of
 * INTERFACE: `int main(int argc, char **argv) { return rxt_main(&preset, argc, argv); }`. */
int rxt_main(const rxt_preset *preset, int argc, char **argv);

#endif
