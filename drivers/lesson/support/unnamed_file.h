/* unnamed file.h - a file without a name: it disappears with its processes, however they end. */
#ifndef UNNAMED_FILE_H
#define UNNAMED_FILE_H

/* Where it lies: $TMPDIR, or /tmp. */
const char *rxt_unnamed_file_folder(void);

/* Opens a new one for reading and writing. Returns its descriptor, which no other program inherits,
 * or -1 with errno. */
int rxt_unnamed_file_open(void);

#endif
