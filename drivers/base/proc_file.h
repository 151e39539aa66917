/* proc_file.h - what the system tells in files of lines: /proc, /sys, cgroups. `root` is where they
 * are looked for, "" or a folder where a test has planted others. Local. */
#ifndef RXT_PROC_FILE_H
#define RXT_PROC_FILE_H

#include <stdio.h>

/* The file at `path` ("/proc/stat") below the root; NULL where it cannot be read. */
FILE *rxt_proc_file_open(const char *root, const char *path);

/* Its first line without its end, cut to size; "" where there is none. Returns line. */
char *rxt_proc_file_line(const char *root, const char *path, char *line, int size);

#endif
