/* proc_file.c - reads text files of the system. */
#include "base/proc_file.h"

#include <limits.h>
#include <string.h>

FILE *rxt_proc_file_open(const char *root, const char *path)
{
    char whole[4 * PATH_MAX];

    snprintf(whole, sizeof whole, "%s%s", root, path);
    return fopen(whole, "r");
}

char *rxt_proc_file_line(const char *root, const char *path, char *line, int size)
{
    FILE *file = rxt_proc_file_open(root, path);

    if (!file || !fgets(line, size, file))
        line[0] = '\0';
    if (file)
        fclose(file);
    line[strcspn(line, "\n")] = '\0';
    return line;
}
