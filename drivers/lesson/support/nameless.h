/* nameless.h - a file without a name: it is gone with its processes, whatever ends them. */
#ifndef NAMELESS_H
#define NAMELESS_H

/* Where it lies: $TMPDIR, or /tmp. */
const char *rxt_nameless_folder(void);

/* Opens a new one for reading and writing. Returns its descriptor, which no other program inherits,
 * or -1 with errno. */
int rxt_nameless_open(void);

#endif
