/* test_npy.c - reading parts of .npy files; files that cannot be read are refused. */
#include "data/npy.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "npy_bytes.h"
#include "suite.h"

enum { MOST = 1009 };

/* Element i of every file; exactly representable in f32. */
static double element(ptrdiff_t i)
{
    return (i % 2 ? -1 : 1) * ((double)i + 0.375);
}

static void put(unsigned char *to, const void *value, size_t size, bool big)
{
    const unsigned char *from = value;
    bool turned = big != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);

    for (size_t i = 0; i < size; i++)
        to[i] = from[turned ? size - 1 - i : i];
}

/* Creates a temporary file, open for writing; its name is in `path`. */
static int temporary(char path[32])
{
    int descriptor;

    strcpy(path, "/tmp/rxt_npy_XXXXXX");
    descriptor = mkstemp(path);
    CU_ASSERT_FATAL(descriptor >= 0);
    return descriptor;
}

static void write_whole(int descriptor, const void *from, size_t size)
{
    CU_ASSERT_FATAL(write(descriptor, from, size) == (ssize_t)size);
}

/* A file of n elements of a type; returns a descriptor that writes to it. */
static int planted(const char *type, ptrdiff_t n, char path[32])
{
    char dictionary[128];
    int descriptor = temporary(path);
    bytes b;

    snprintf(dictionary, sizeof dictionary,
             "{'descr': '%s', 'fortran_order': False, 'shape': (%td,), }%*s\n", type, n, 20, "");
    b = headed(1, dictionary);
    write_whole(descriptor, b.at, b.size);
    for (ptrdiff_t i = 0; i < n; i++) {
        double wide = element(i);
        float narrow = (float)wide;
        unsigned char one[8];
        size_t size = type[2] == '8' ? 8 : 4;

        put(one, size == 8 ? (void *)&wide : (void *)&narrow, size, type[0] == '>');
        write_whole(descriptor, one, size);
    }
    return descriptor;
}

/* Counts what is wrong in the part that was read, and in the elements around it, which must stay
 * 0. */
static int wrong_in(const rxt_npy *file, ptrdiff_t first, ptrdiff_t n)
{
    double block[MOST + 2] = { 0 };
    int wrong = rxt_npy_read(file, first, n, block + 1) != RXT_OK;

    for (ptrdiff_t i = 0; i < n; i++)
        wrong += block[1 + i] != element(first + i);
    return wrong + (block[0] != 0) + (block[1 + n] != 0);
}

static void every_part_of_every_type_is_read(void)
{
    static const char *const types[] = { "<f8", ">f8", "<f4", ">f4" };
    static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 64, MOST };
    char path[32];
    rxt_npy file;

    for (int t = 0; t < 4; t++)
        for (int s = 0; s < 6; s++) {
            ptrdiff_t n = sizes[s];
            int wrong = 0;

            close(planted(types[t], n, path));
            CU_ASSERT_PTR_NULL_FATAL(rxt_npy_open("--x", path, &file));
            CU_ASSERT_STRING_EQUAL(file.header.type, types[t]);
            CU_ASSERT_EQUAL(file.header.n, n);
            CU_ASSERT_EQUAL(rxt_npy_size(&file.header), types[t][2] - '0');
            for (ptrdiff_t first = 0; first <= n; first += n > 64 ? 13 : 1)
                for (ptrdiff_t part = 0; part <= n - first; part += n > 64 ? 17 : 1)
                    wrong += wrong_in(&file, first, part);
            CU_ASSERT_EQUAL(wrong + wrong_in(&file, 0, n), 0);
            rxt_npy_close(&file);
            unlink(path);
        }
}

static void refused_file(const char *path, const char *words)
{
    rxt_npy file;
    rxt_status st = rxt_npy_open("--y", path, &file);
    char name[64];

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_PTR_NULL(file.path);
    snprintf(name, sizeof name, "--y=%.40s: ", path);
    if (st && (strncmp(st->text, name, strlen(name)) || !strstr(st->text, words))) {
        printf("\n    \"%s\" is not in: %s\n", words, st->text);
        CU_FAIL("another message");
    }
    rxt_status_free(st);
}

static void what_is_no_regular_file_is_refused(void)
{
    char path[32];

    refused_file("/tmp/no/such.npy", "cannot be opened (No such file or directory)");
    refused_file("", "cannot be opened");
    refused_file("/tmp", "is a directory");
    refused_file("/dev/null", "is a device");
    close(temporary(path));
    unlink(path);
    CU_ASSERT_FATAL(!mkfifo(path, 0600));
    refused_file(path, "is a FIFO");
    unlink(path);
}

/* A file is refused if it lacks any number of bytes of its elements. Bytes behind the elements are
 * ignored. */
static void a_file_must_hold_what_its_header_says(void)
{
    char path[32];
    int descriptor = planted("<f8", 7, path);
    off_t whole = lseek(descriptor, 0, SEEK_END);
    rxt_npy file;

    write_whole(descriptor, "more", 4);
    CU_ASSERT_PTR_NULL_FATAL(rxt_npy_open("--x", path, &file));
    CU_ASSERT_EQUAL(wrong_in(&file, 0, 7), 0);
    rxt_npy_close(&file);
    for (off_t size = whole - 1; size >= whole - 56; size--) {
        CU_ASSERT_FATAL(!ftruncate(descriptor, size));
        refused_file(path, "is cut off: its 7 elements take");
    }
    CU_ASSERT_FATAL(!ftruncate(descriptor, 30));
    refused_file(path, "cut off inside its header");
    CU_ASSERT_FATAL(!ftruncate(descriptor, 0));
    refused_file(path, "is empty");
    close(descriptor);
    unlink(path);
}

/* A program that writes while it measures leaves the shape (-1,): the file's size gives the
 * length. */
static void a_length_left_open_is_the_files(void)
{
    static const char header[] = "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }";
    bytes b = headed(1, header);
    char path[32];
    int descriptor = temporary(path);
    rxt_npy file;

    write_whole(descriptor, b.at, b.size);
    for (ptrdiff_t i = 0; i < 9; i++) {
        double value = element(i);

        CU_ASSERT_PTR_NULL_FATAL(rxt_npy_open("--x", path, &file));
        CU_ASSERT_EQUAL(file.header.n, i);
        CU_ASSERT_EQUAL(wrong_in(&file, 0, i), 0);
        rxt_npy_close(&file);
        write_whole(descriptor, &value, sizeof value);
    }
    write_whole(descriptor, "half", 4); /* half an element, which does not count */
    CU_ASSERT_PTR_NULL_FATAL(rxt_npy_open("--x", path, &file));
    CU_ASSERT_EQUAL(file.header.n, 9);
    rxt_npy_close(&file);
    close(descriptor);
    unlink(path);
}

static void fails_to_read(const rxt_npy *file, const char *words)
{
    double block[7];
    rxt_status st = rxt_npy_read(file, 0, 7, block);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT(st && strstr(st->text, words));
    rxt_status_free(st);
}

static void a_file_that_changes_while_read_is_refused(void)
{
    static const char *const types[] = { "<f8", ">f4" };
    char path[32];
    rxt_npy file;

    for (int t = 0; t < 2; t++) {
        int descriptor = planted(types[t], 7, path);
        off_t whole = lseek(descriptor, 0, SEEK_END);

        CU_ASSERT_PTR_NULL_FATAL(rxt_npy_open("--x", path, &file));
        CU_ASSERT_FATAL(!ftruncate(descriptor, whole - 1));
        fails_to_read(&file, "shrank while it was read");
        CU_ASSERT_FATAL(!ftruncate(descriptor, whole + 1));
        fails_to_read(&file, "was written to while it was read");
        CU_ASSERT_FATAL(!ftruncate(descriptor, whole));
        CU_ASSERT_FATAL(!futimens(descriptor, (struct timespec[2]){ { 0 } }));
        fails_to_read(&file, "was written to while it was read");
        rxt_npy_close(&file);
        close(descriptor);
        unlink(path);
    }
}

static void nothing_is_closed_where_nothing_is_open(void)
{
    rxt_npy none = { 0 };
    int before = fcntl(0, F_GETFD);

    rxt_npy_close(&none); /* descriptor 0: must not close standard input */
    CU_ASSERT_EQUAL(fcntl(0, F_GETFD), before);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every part of every type is read", every_part_of_every_type_is_read },
        { "what is no regular file is refused", what_is_no_regular_file_is_refused },
        { "a file must hold what its header says", a_file_must_hold_what_its_header_says },
        { "a length left open is the file's", a_length_left_open_is_the_files },
        { "a file that changes while read is refused", a_file_that_changes_while_read_is_refused },
        { "nothing is closed where nothing is open", nothing_is_closed_where_nothing_is_open },
        CU_TEST_INFO_NULL,
    };

    return suite_run("npy", tests);
}
