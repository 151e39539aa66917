/* atomic_file.h - a file that is written beside its place and renamed into it: the old one or
 * the whole new one, never half. */
#ifndef RXT_ATOMIC_FILE_H
#define RXT_ATOMIC_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include <rxt/status.h>

/* Does the name end in `ending`, with at least one character before it? */
bool rxt_atomic_file_ends(const char *path, const char *ending);

/* The file that `path` leads to through links; it need not exist. It is the file that is
 * written; the links stay. False, with errno, if no such file is possible. */
bool rxt_atomic_file_target(const char *path, char target[PATH_MAX]);

/* Do both paths lead to the same file, through any links and folders? It need not exist. */
bool rxt_atomic_file_same(const char *one, const char *other);

/* Can `path` be written at the end? RXT_USAGE, naming the `option` ("--output") that gave it,
 * for a missing or read-only folder, a directory, a file that is not regular, or another user's
 * file in a folder like /tmp. It creates a temporary file there and removes it; RXT_ENVIRONMENT
 * if the disk has no room for one. Changes nothing. */
rxt_status rxt_atomic_file_check(const char *option, const char *path);

/* Writes the file. It need not report errors of the stream. */
typedef rxt_status rxt_atomic_file_write(FILE *file, void *arg);

/* Writes a temporary file beside `path` and renames it into place, with the mode of the file
 * that it replaces. A link stays, and its target is written. A kill leaves no temporary file (if
 * the file system has unnamed files). An error of `write` is returned; RXT_ENVIRONMENT if the
 * disk is full or the rename fails. After an error the old file is unchanged. */
rxt_status rxt_atomic_file_save(const char *option, const char *path, rxt_atomic_file_write *write,
                                void *arg);

#endif
