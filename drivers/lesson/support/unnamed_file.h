/* unnamed_file.h - a file without a name: it disappears when the last process that has it open
 * ends. */
#ifndef UNNAMED_FILE_H
#define UNNAMED_FILE_H

/* The folder of the file: $TMPDIR, or /tmp. */
const char *rxt_unnamed_file_folder(void);

/* Opens a new file for reading and writing. Returns its descriptor, which is closed on exec, or -1
 * with errno. */
int rxt_unnamed_file_open(void);

#endif
