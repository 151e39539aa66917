/* proc_file.h - reads text files of the system: /proc, /sys, cgroups. `root` is prefixed to the
 * path: "", or a folder where a test has put files of its own. Local. */
#ifndef RXT_PROC_FILE_H
#define RXT_PROC_FILE_H

#include <stdio.h>

/* Opens the file `path` ("/proc/stat") below `root`; NULL if it cannot be read. */
FILE *rxt_proc_file_open(const char *root, const char *path);

/* The file's first line without the line end, cut to `size`; "" if there is none. Returns line. */
char *rxt_proc_file_line(const char *root, const char *path, char *line, int size);

#endif
