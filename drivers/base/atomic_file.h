/* atomic_file.h - writes a file under a temporary name in its folder and renames it, so that others
 * see either the old file or the whole new one. */
#ifndef RXT_ATOMIC_FILE_H
#define RXT_ATOMIC_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include <rxt/status.h>

/* Does the name end in `ending`, with at least one character before it? */
bool rxt_atomic_file_ends(const char *path, const char *ending);

/* Finds the file that `path` leads to through links; the file need not exist. When the kit writes
 * to `path`, it writes this file, and the links stay. False, with errno, if no such file is
 * possible. */
bool rxt_atomic_file_target(const char *path, char target[PATH_MAX]);

/* Do both paths lead to the same file, through any links and folders? The file need not exist. */
bool rxt_atomic_file_same(const char *one, const char *other);

/* Can `path` be written at the end of the study? The message of an error names `option`
 * ("--output"). RXT_USAGE for a missing or read-only folder, a directory, a file that is not
 * regular, or another user's file in a folder like /tmp. RXT_ENVIRONMENT if the disk is full or
 * read-only. The check creates a temporary file in the folder and removes it; nothing else
 * changes. */
rxt_status rxt_atomic_file_check(const char *option, const char *path);

/* Writes the content of the file. It need not report errors of the stream. */
typedef rxt_status rxt_atomic_file_write(FILE *file, void *arg);

/* Writes a temporary file in the folder of `path` and renames it to `path`, with the mode of the
 * file that it replaces. If `path` is a link, it stays, and its target is written. If the process
 * is killed, no temporary file is left (on file systems with unnamed files). Returns an error of
 * `write`; RXT_ENVIRONMENT if the disk is full or the rename fails. After an error the old file is
 * unchanged. */
rxt_status rxt_atomic_file_save(const char *option, const char *path, rxt_atomic_file_write *write,
                                void *arg);

#endif
