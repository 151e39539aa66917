/* planted.h - synthetic trees of files, each under its own temporary folder. */
#ifndef RXT_TESTS_PLANTED_H
#define RXT_TESTS_PLANTED_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <CUnit/Basic.h>

typedef struct tree {
    char root[32];
} tree;

static inline tree planted(void)
{
    tree t = { .root = "/tmp/rxt-test-XXXXXX" };

    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(t.root));
    return t;
}

/* Writes a file below the root, and creates the folders above it. */
static inline void put(const tree *t, const char *path, const char *text)
{
    char whole[512];
    FILE *file;

    snprintf(whole, sizeof whole, "%s%s", t->root, path);
    for (char *slash = strchr(whole + strlen(t->root) + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(whole, 0700);
        *slash = '/';
    }
    file = fopen(whole, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    CU_ASSERT_EQUAL(fclose(file), 0);
}

static inline int drop(const char *path, const struct stat *status, int flag, struct FTW *base)
{
    (void)status, (void)flag, (void)base;
    return remove(path);
}

static inline void fell(const tree *t)
{
    CU_ASSERT_EQUAL(nftw(t->root, drop, 8, FTW_DEPTH | FTW_PHYS), 0);
}

#endif
