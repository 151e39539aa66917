/* atomic_file.h - a file that is written beside its place and renamed into it: the old one or
 * the whole new one, never half. */
#ifndef RXT_ATOMIC_FILE_H
#define RXT_ATOMIC_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include <rxt/status.h>

/* Does the name end so, and is not only the ending? */
bool rxt_atomic_file_ends(const char *path, const char *ending);

/* The file that `path` leads to by links, there or not: what is written, and its links stay. False,
 * with errno, where there can be none. */
bool rxt_atomic_file_target(const char *path, char target[PATH_MAX]);

/* Do both lead to one file, by whatever links and folders, be it there or not? */
bool rxt_atomic_file_same(const char *one, const char *other);

/* Can `path` be written at the end? RXT_USAGE, naming the `option` ("--output") that gave it, for a
 * folder that is not there or not writable, a directory, what is no regular file, or another user's
 * in a folder like /tmp; a temporary file is made there and dropped, and RXT_ENVIRONMENT for a disk
 * that has no room for one. Changes nothing. */
rxt_status rxt_atomic_file_check(const char *option, const char *path);

/* What writes the file; errors of the stream need not be told. */
typedef rxt_status rxt_atomic_file_write(FILE *file, void *arg);

/* Has the file written beside `path`, under a name by chance, and renames it into place, with the
 * mode of the file that it replaces; a link stays, and where it leads is written. Nothing is left
 * beside it, though the process be killed meanwhile (where the file system has unnamed files). What
 * `write` refuses is passed on, the old file intact; RXT_ENVIRONMENT, likewise, when the disk is
 * full or the rename fails. */
rxt_status rxt_atomic_file_save(const char *option, const char *path, rxt_atomic_file_write *write,
                                void *arg);

#endif
