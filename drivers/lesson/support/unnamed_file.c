/* unnamed_file.c - a file without a name. It is opened with O_TMPFILE if the file system supports
 * this flag; else it is created with a name, and the name is removed at once. */
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

/* An error of the open with O_TMPFILE is ignored. If the reason was not that O_TMPFILE is
 * unsupported, mkostemp fails as well and sets errno. */
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
