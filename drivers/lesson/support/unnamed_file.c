/* unnamed file.c - a file without a name: from the beginning, where the file system can do that,
 * else its name is taken from it at once. */
#include "unnamed_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATH = 4096 };

const char *rxt_unnamed_file_folder(void)
{
    const char *named = getenv("TMPDIR");

    return named && *named ? named : "/tmp";
}

/* Whatever keeps the first way from it, the second tells. */
int rxt_unnamed_file_open(void)
{
    const char *folder = rxt_unnamed_file_folder();
    char path[PATH];
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (file >= 0)
        return file;
    if (snprintf(path, sizeof path, "%s/rxt-XXXXXX", folder) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    file = mkostemp(path, O_CLOEXEC);
    if (file >= 0)
        unlink(path);
    return file;
}
