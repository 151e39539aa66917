/* test_npy_header.c - headers of .npy files, as NumPy writes them and as nobody should. */
#include <rxt/npy.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "npy_bytes.h"
#include "suite.h"

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

/* As Julia's NPZ, Fortran's stdlib and others write it: one dimension has but one order. */
static void a_vector_in_fortrans_order_is_a_vector(void)
{
    understood(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (7,), }", "<f8", 7);
    understood(2, "{'shape': (7,), 'fortran_order': True, 'descr': '>f4'}", ">f4", 7);
}

/* Whatever numpy.load (1.24) reads as these types. */
static void types_are_understood_as_by_numpy(void)
{
    static const char *const native[][2] = {
        { "=f8", "f8" },    { "|f8", "f8" },     { "f8", "f8" },      { "d", "f8" },
        { "=d", "f8" },     { "float64", "f8" }, { "float", "f8" },   { "float_", "f8" },
        { "double", "f8" }, { "=f4", "f4" },     { "f4", "f4" },      { "f", "f4" },
        { "|f", "f4" },     { "single", "f4" },  { "float32", "f4" },
    };
    const uint16_t one = 1;
    char dictionary[200], type[4];

    for (size_t k = 0; k < sizeof native / sizeof native[0]; k++) {
        snprintf(dictionary, sizeof dictionary,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (10,), }", native[k][0]);
        snprintf(type, sizeof type, "%c%s", *(const char *)&one ? '<' : '>', native[k][1]);
        understood(1, dictionary, type, 10);
    }
    understood(1, "{'descr': '<d', 'fortran_order': False, 'shape': (10,)}", "<f8", 10);
    understood(1, "{'descr': '>f', 'fortran_order': False, 'shape': (10,)}", ">f4", 10);
    understood(1, "{u'descr': u'<f8', u'fortran_order': False, u'shape': (7,)}", "<f8", 7);
    understood(1, "{U'descr': r\"<f8\", R'fortran_order': False, 'shape': (7,)}", "<f8", 7);
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
        { "", "unknown type ()" },
        { "<float64", "floats (<float64)" },
        { "Float64", "unknown type (Float64)" },
        { "f16", "floats (f16)" },
        { "half", "floats (half)" },
        { "e", "floats (e)" },
        { ">e", "floats (>e)" },
        { "float16", "floats (float16)" },
        { "longdouble", "floats (longdouble)" },
        { "int64", "integers (int64)" },
        { "bool", "truth values (bool)" },
        { "complex64", "complex numbers (complex64); rxt reads f8 and f4 of known byte order: "
                       "save x.real or x.imag" },
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
    refused("{'descr': '<f8', 'fortran_order': True, 'shape': (10, 1), }",
            "has 2 dimensions (10, 1); rxt reads one: save x.ravel()");
    refused("{'descr': '<f8', 'shape': (3, 4), 'fortran_order': True}", "has 2 dimensions (3, 4)");
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

int main(void)
{
    CU_TestInfo tests[] = {
        { "what NumPy writes is understood", what_numpy_writes_is_understood },
        { "any such dictionary is understood", any_such_dictionary_is_understood },
        { "a vector in Fortran's order is a vector", a_vector_in_fortrans_order_is_a_vector },
        { "types are understood as by NumPy", types_are_understood_as_by_numpy },
        { "other types are refused by name", other_types_are_refused_by_name },
        { "other shapes are refused by name", other_shapes_are_refused_by_name },
        { "what is no such dictionary is damaged", what_is_no_such_dictionary_is_damaged },
        { "what stands before the header is checked", what_stands_before_the_header_is_checked },
        { "a header cut off anywhere is refused", a_header_cut_off_anywhere_is_refused },
        { "no byte of a header does harm", no_byte_of_a_header_does_harm },
        CU_TEST_INFO_NULL,
    };

    return suite_run("npy header", tests);
}
