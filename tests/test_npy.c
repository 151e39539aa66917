/* test_npy.c - .npy files: headers as NumPy writes them and as nobody should, and what they hold.
 */
#include <rxt/npy.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"

enum { MOST = 1009 };

/* ---- headers ---- */

typedef struct bytes {
    unsigned char at[RXT_NPY_HEADER + 64];
    size_t size;
} bytes;

/* A file up to its elements: magic, version, length, the dictionary. */
static bytes headed(int version, const char *dictionary)
{
    bytes b = { .at = "\x93NUMPY", .size = 6 };
    size_t length = strlen(dictionary);
    int width = version == 1 ? 2 : 4;

    b.at[b.size++] = (unsigned char)version;
    b.at[b.size++] = 0;
    for (int i = 0; i < width; i++)
        b.at[b.size++] = (unsigned char)(length >> 8 * i);
    memcpy(b.at + b.size, dictionary, length);
    b.size += length;
    return b;
}

/* Parsed from memory of just that size: a step beyond it is seen by the sanitizers. */
static rxt_status parsed(const bytes *b, rxt_npy_header *header)
{
    unsigned char *copy = malloc(b->size ? b->size : 1);
    rxt_status st;

    memcpy(copy, b->at, b->size);
    st = rxt_npy_parse("--x=a.npy", copy, b->size, header);
    free(copy);
    return st;
}

static void understood(int version, const char *dictionary, const char *type, ptrdiff_t n)
{
    bytes b = headed(version, dictionary);
    rxt_npy_header header;
    rxt_status st = parsed(&b, &header);

    CU_ASSERT_PTR_NULL(st);
    if (st)
        printf("\n    %s: %s\n", dictionary, st->text);
    CU_ASSERT_STRING_EQUAL(header.type, type);
    CU_ASSERT_EQUAL(header.n, n);
    CU_ASSERT_EQUAL(header.offset, (ptrdiff_t)b.size);
    rxt_status_free(st);
}

static void refused_bytes(const bytes *b, const char *words)
{
    rxt_npy_header header;
    rxt_status st = parsed(b, &header);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    if (!st)
        return;
    CU_ASSERT(!strncmp(st->text, "--x=a.npy: ", 11));
    CU_ASSERT_PTR_NOT_NULL(strstr(st->text, words));
    if (!strstr(st->text, words))
        printf("\n    \"%s\" is not in: %s\n", words, st->text);
    rxt_status_free(st);
}

static void refused(const char *dictionary, const char *words)
{
    bytes b = headed(1, dictionary);

    refused_bytes(&b, words);
}

static void what_numpy_writes_is_understood(void)
{
    for (int version = 1; version <= 3; version++) {
        understood(version, "{'descr': '<f8', 'fortran_order': False, 'shape': (10,), }    \n",
                   "<f8", 10);
        understood(version, "{'descr': '>f8', 'fortran_order': False, 'shape': (0,), }\n", ">f8",
                   0);
        understood(version, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n", "<f4",
                   1);
        understood(version, "{'descr': '>f4', 'fortran_order': False, 'shape': (7,), }\n", ">f4",
                   7);
    }
}

static void any_such_dictionary_is_understood(void)
{
    understood(1, "{'shape':(10,),'descr':'<f8','fortran_order':False}", "<f8", 10);
    understood(1, "  {\"fortran_order\" :\tFalse,\n\"shape\": ( 10 , ), \"descr\": \"<f8\" } ",
               "<f8", 10);
    understood(2, "{'descr': '<f8', 'fortran_order': False, 'shape': (10L,), }", "<f8", 10);
    understood(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (576460752303423487,)}", "<f8",
               576460752303423487);
}

static void other_types_are_refused_by_name(void)
{
    static const char *const kinds[][2] = {
        { "<i8", "integers (<i8)" },
        { "|u1", "integers (|u1)" },
        { "|b1", "truth values" },
        { "<c16", "complex numbers" },
        { "<f2", "floats (<f2)" },
        { "<f16", "floats (<f16)" },
        { "|O", "Python objects" },
        { "|S5", "strings" },
        { "<U7", "strings" },
        { "|V8", "raw bytes" },
        { "<M8[ns]", "times (<M8[ns])" },
        { "=f8", "floats (=f8)" },
        { "", "unknown type ()" },
        { "f8", "unknown type (f8)" },
        { "\x01\x02", "unknown type (?)" },
    };
    char dictionary[200];

    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        snprintf(dictionary, sizeof dictionary,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (10,), }", kinds[k][0]);
        refused(dictionary, kinds[k][1]);
    }
    refused("{'descr': [('a', '<f8'), ('b', '<f4')], 'fortran_order': False, 'shape': (3,), }",
            "structured elements");
    refused("{'descr': ('<f8', (2,)), 'fortran_order': False, 'shape': (3,), }", "structured");
}

#define WITH_SHAPE(shape) "{'descr': '<f8', 'fortran_order': False, 'shape': " shape ", }"

static void other_shapes_are_refused_by_name(void)
{
    refused(WITH_SHAPE("()"), "has 0 dimensions ()");
    refused(WITH_SHAPE("(3, 4)"), "has 2 dimensions (3, 4); rxt reads one: save x.ravel()");
    refused(WITH_SHAPE("(10, 1,)"), "has 2 dimensions (10, 1)");
    refused(WITH_SHAPE("(1,2,3,4,5,6)"), "has 6 dimensions (1, 2, 3, 4, …)");
    refused(WITH_SHAPE("(576460752303423488,)"), "more than a file can hold");
    refused(WITH_SHAPE("(99999999999999999999999999999999,)"), "more than a file can hold");
    refused("{'descr': '<f8', 'fortran_order': True, 'shape': (10,), }", "Fortran's order");
}

static void what_is_no_such_dictionary_is_damaged(void)
{
    static const char *const damaged[] = {
        "",
        "   \n",
        "{",
        "{}",
        "{'descr'",
        "{'descr':",
        "{'descr': '<f8",
        "{'descr': '<f8'",
        "{'descr': '<f8'}",
        "{'descr': '<f8', 'fortran_order': False}",
        "{'descr': '<f8', 'shape': (10,)}",
        "{'fortran_order': False, 'shape': (10,)}",
        "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (10,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (10,), 'more': 1}",
        "{'descr': '<f8' 'fortran_order': False, 'shape': (10,)}",
        "{'descr': '<f8',, 'fortran_order': False, 'shape': (10,)}",
        "{, 'descr': '<f8', 'fortran_order': False, 'shape': (10,)}",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (10,)}",
        "{'descr': 8, 'fortran_order': False, 'shape': (10,)}",
        "{descr: '<f8', 'fortran_order': False, 'shape': (10,)}",
        WITH_SHAPE("(10)"),
        WITH_SHAPE("10"),
        WITH_SHAPE("[10]"),
        WITH_SHAPE("(-1,)"),
        WITH_SHAPE("(,)"),
        WITH_SHAPE("(10,,)"),
        WITH_SHAPE("(10 10)"),
        WITH_SHAPE("(1e3,)"),
        WITH_SHAPE("(10,") "x",
        WITH_SHAPE("(10,)") "x",
        WITH_SHAPE("(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)"),
    };

    for (size_t d = 0; d < sizeof damaged / sizeof damaged[0]; d++)
        refused(damaged[d], "its header is damaged");
}

static void what_stands_before_the_header_is_checked(void)
{
    bytes b = headed(1, WITH_SHAPE("(10,)")), other = b;

    other.at[6] = 9;
    refused_bytes(&other, "version 9.0; rxt reads 1.0, 2.0 and 3.0");
    other.at[6] = 0;
    refused_bytes(&other, "version 0.0");
    other = b;
    other.at[7] = 1;
    refused_bytes(&other, "version 1.1");
    other = b;
    other.at[0] = 'N';
    refused_bytes(&other, "is not a .npy file");
    refused_bytes(&(bytes){ .at = "PK\x03\x04", .size = 4 }, "is an archive (.npz)");
    refused_bytes(&(bytes){ .size = 0 }, "is empty");
    other = headed(2, "");
    memset(other.at + 8, 0xff, 4);
    refused_bytes(&other, "a header of 4294967295 bytes; NumPy reads at most 10000");
}

/* At every length, so that no step of the parser goes beyond what is there. */
static void a_header_cut_off_anywhere_is_refused(void)
{
    for (int version = 1; version <= 3; version++) {
        bytes b = headed(version, WITH_SHAPE("(10,)"));
        size_t whole = b.size;

        for (b.size = 1; b.size < whole; b.size++)
            refused_bytes(&b, b.size < 6 ? "cut off" : "is cut off inside its header");
    }
}

/* Whatever is in a byte: understood or refused, with the message's name in front. */
static void no_byte_of_a_header_does_harm(void)
{
    bytes b = headed(1, WITH_SHAPE("(10,)"));
    rxt_npy_header header;

    for (size_t i = 0; i < b.size; i++)
        for (int value = 0; value < 256; value++) {
            bytes other = b;
            rxt_status st;

            other.at[i] = (unsigned char)value;
            st = parsed(&other, &header);
            CU_ASSERT(st || (header.n >= 0 && header.offset == (ptrdiff_t)b.size));
            CU_ASSERT(!st || (st->code == RXT_USAGE && !strchr(st->text, '\n')));
            rxt_status_free(st);
        }
}

/* ---- files ---- */

/* Element i of every file: exact in a float. */
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

/* A file that goes with the test; its name is in `path`. */
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

/* The part is as it should be, and nothing beside it is touched. */
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

/* Short of its elements by any number of bytes: refused; longer: the rest is not looked at. */
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

    rxt_npy_close(&none); /* would close standard input */
    CU_ASSERT_EQUAL(fcntl(0, F_GETFD), before);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "what NumPy writes is understood", what_numpy_writes_is_understood },
        { "any such dictionary is understood", any_such_dictionary_is_understood },
        { "other types are refused by name", other_types_are_refused_by_name },
        { "other shapes are refused by name", other_shapes_are_refused_by_name },
        { "what is no such dictionary is damaged", what_is_no_such_dictionary_is_damaged },
        { "what stands before the header is checked", what_stands_before_the_header_is_checked },
        { "a header cut off anywhere is refused", a_header_cut_off_anywhere_is_refused },
        { "no byte of a header does harm", no_byte_of_a_header_does_harm },
        { "every part of every type is read", every_part_of_every_type_is_read },
        { "what is no regular file is refused", what_is_no_regular_file_is_refused },
        { "a file must hold what its header says", a_file_must_hold_what_its_header_says },
        { "a file that changes while read is refused", a_file_that_changes_while_read_is_refused },
        { "nothing is closed where nothing is open", nothing_is_closed_where_nothing_is_open },
        CU_TEST_INFO_NULL,
    };

    return suite_run("npy", tests);
}
