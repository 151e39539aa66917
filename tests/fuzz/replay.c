/* replay.c - a fuzzer's main for systems without libFuzzer: runs every file of the given folders
 * once. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { MOST = 1 << 20 };

/* Passes the file's bytes in a block of exactly their size, so that sanitizers find a read beyond
 * it. */
static void feed(FILE *file)
{
    uint8_t *bytes = malloc(MOST), *cut;
    size_t size = bytes ? fread(bytes, 1, MOST, file) : 0;

    cut = bytes ? realloc(bytes, size ? size : 1) : NULL;
    if (cut)
        LLVMFuzzerTestOneInput(cut, size);
    free(cut);
}

static int replay(const char *folder)
{
    DIR *open = opendir(folder);
    const struct dirent *entry;
    int count = 0;

    while (open && (entry = readdir(open)) != NULL) {
        char path[4096];
        FILE *file;

        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        file = entry->d_name[0] == '.' ? NULL : fopen(path, "rb");
        if (!file)
            continue;
        feed(file);
        fclose(file);
        count++;
    }
    if (open)
        closedir(open);
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;

    for (int a = 1; a < argc; a++)
        count += replay(argv[a]);
    printf("%d files replayed\n", count);
    return count == 0;
}
