/* main.h - the whole of a driver but its preset. */
#ifndef RXT_MAIN_H
#define RXT_MAIN_H

#include <rxt/settings.h>

/* Runs the driver: options over the preset, the study, the report. Returns the exit code of
 * INTERFACE: `int main(int argc, char **argv) { return rxt_main(&preset, argc, argv); }`. */
int rxt_main(const rxt_preset *preset, int argc, char **argv);

#endif
