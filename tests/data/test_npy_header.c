/* test_npy_header.c - headers of .npy files: as NumPy writes them, and invalid ones. */
#include "data/npy.h"

#include <stdio.h>
#include <string.h>

#include "npy_parsed.h"
#include "suite.h"

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

/* Julia's NPZ, Fortran's stdlib and others write this; with one dimension both orders are the
 * same. */
static void a_vector_in_fortrans_order_is_a_vector(void)
{
    understood(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (7,), }", "<f8", 7);
    understood(2, "{'shape': (7,), 'fortran_order': True, 'descr': '>f4'}", ">f4", 7);
}

#define WITH_SHAPE(shape) "{'descr': '<f8', 'fortran_order': False, 'shape': " shape ", }"
#define WITH_ORDER(order) "{'descr': '<f8', 'fortran_order': " order ", 'shape': (10,), }"
#define PLAIN "'descr': '<f8', 'fortran_order': False, 'shape': (10,)"

/* Everything else that numpy.load (1.24) reads as ten f8 elements. It accepts any Python literal,
 * and for the type whatever numpy.dtype accepts. */
static void what_numpy_loads_is_understood(void)
{
    static const char *const tens[] = {
        /* numbers */
        WITH_SHAPE("(0xa,)"),
        WITH_SHAPE("(0XA,)"),
        WITH_SHAPE("(0o12,)"),
        WITH_SHAPE("(0b1010,)"),
        WITH_SHAPE("(0x_a,)"),
        WITH_SHAPE("(1_0,)"),
        WITH_SHAPE("(+10,)"),
        WITH_SHAPE("(+ 10,)"),
        WITH_SHAPE("(+(10),)"),
        WITH_SHAPE("(((10)),)"),
        WITH_SHAPE("((10,))"),
        WITH_SHAPE("(0xaL,)"),
        WITH_SHAPE("(10 L,)"),
        WITH_SHAPE("(10 L L,)"),
        /* strings */
        WITH_DESCR("('<f8')"),
        WITH_DESCR("'\\x3cf8'"),
        WITH_DESCR("'\\74f8'"),
        WITH_DESCR("'\\u003cf8'"),
        WITH_DESCR("\"<\\U000000668\""),
        WITH_DESCR("'<' 'f8'"),
        WITH_DESCR("'<'u\"f\"r'8'"),
        WITH_DESCR("'''<f8'''"),
        WITH_DESCR("u\"\"\"<f8\"\"\""),
        WITH_DESCR("'<f\\\n8'"),
        "{'d' 'escr': '<f8', ('fortran\\x5forder'): False, 'shape': (10,)}",
        /* white space and comments */
        WITH_SHAPE("(10, # ten\n)"),
        WITH_SHAPE("(\\\n10,)"),
        WITH_SHAPE("(10\r\n\f,)"),
        "# by hand\n{" PLAIN "}",
        "{" PLAIN "} # '}",
        "({" PLAIN "})",
        WITH_ORDER("(True)"),
        WITH_ORDER("((False))"),
        /* of equal keys the last one counts */
        "{'shape': (3, 4), 'fortran_order': 1, 'descr': '<i8', " PLAIN "}",
        "{'shape': [1, (2.5e-3, {'a': b'', 'b': {1, -2j}}), None, ...], " PLAIN "}",
        /* types: pairs whose second part changes nothing, and lists of one field */
        WITH_DESCR("('<f8', ())"),
        WITH_DESCR("('<f8', 1)"),
        WITH_DESCR("('<f8', +1)"),
        WITH_DESCR("('<f8', (1,))"),
        WITH_DESCR("('<f8', (1, 1))"),
        WITH_DESCR("('<f8', [1])"),
        WITH_DESCR("('<f8', None)"),
        WITH_DESCR("('<f8', 'd')"),
        WITH_DESCR("(('<f8', 1), (), 'more')"),
        WITH_DESCR("'<f08'"),
        WITH_DESCR("'<f+8'"),
        WITH_DESCR("'<f  8'"),
        WITH_DESCR("'<f8,'"),
        WITH_DESCR("'<f8 , '"),
        WITH_DESCR("'1<f8'"),
        WITH_DESCR("'<1f8 '"),
        WITH_DESCR("'<1<f8'"),
        WITH_DESCR("'(1,)<f8'"),
        WITH_DESCR("'() <f8'"),
        WITH_DESCR("'<<f8,'"),
    };

    for (size_t t = 0; t < sizeof tens / sizeof tens[0]; t++)
        understood(1, tens[t], "<f8", 10);
    understood(1, WITH_SHAPE("(-1,)"), "<f8", -1);
    understood(3, WITH_SHAPE("(- 7,)"), "<f8", -1);
    understood(2, WITH_SHAPE("(00,)"), "<f8", 0);
    understood(2, WITH_SHAPE("(-0,)"), "<f8", 0);
}

static void other_shapes_are_refused_by_name(void)
{
    refused(WITH_SHAPE("()"), "has 0 dimensions ()");
    refused(WITH_SHAPE("(3, 4)"), "has 2 dimensions (3, 4); rxt reads one: save x.ravel()");
    refused(WITH_SHAPE("(10, 1,)"), "has 2 dimensions (10, 1)");
    refused(WITH_SHAPE("(1,2,3,4,5,6)"), "has 6 dimensions (1, 2, 3, 4, …)");
    refused(WITH_SHAPE("(576460752303423488,)"), "more than a file can hold");
    refused(WITH_SHAPE("(99999999999999999999999999999999,)"), "more than a file can hold");
    refused(WITH_SHAPE("(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)"),
            "has 33 dimensions (1, 1, 1, 1, …)");
    refused("{'descr': '<f8', 'fortran_order': True, 'shape': (10, 1), }",
            "has 2 dimensions (10, 1); rxt reads one: save x.ravel()");
    refused("{'descr': '<f8', 'shape': (3, 4), 'fortran_order': True}", "has 2 dimensions (3, 4)");
}

/* NumPy does not read any of these either. */
static void what_is_no_such_dictionary_is_refused(void)
{
    static const char *const others[] = {
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
        "{" PLAIN ", 'shape': 10}",
        "{'shape': x, " PLAIN "}",
        "{'shape': (5, 'b': [2)], " PLAIN "}",
        "{'shape': 'a' b'b', " PLAIN "}",
        "{5: 1, " PLAIN "}",
        "{" PLAIN ", 1}",
        "[{" PLAIN "}]",
        "{" PLAIN "},",
        "{" PLAIN "}{}",
        "{" PLAIN "}\v",
        "#{" PLAIN "}",
        "{" PLAIN "}\\",
        WITH_ORDER("0"),
        WITH_ORDER("true"),
        WITH_ORDER("+True"),
        WITH_ORDER("'True'"),
        WITH_ORDER("Falsehood"),
        WITH_DESCR("b'<f8'"),
        WITH_DESCR("f'<f8'"),
        WITH_DESCR("ur'<f8'"),
        WITH_DESCR("u '<f8'"),
        WITH_DESCR("'<f8\""),
        WITH_DESCR("'<f\n8'"),
        WITH_DESCR("'''<f8''"),
        WITH_DESCR("'\\x3'"),
        WITH_DESCR("'\\U00110000'"),
        WITH_DESCR("('<f8',)"),
        WITH_DESCR("()"),
        WITH_DESCR("8"),
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
        WITH_SHAPE("(--1,)"),
        WITH_SHAPE("(+True,)"),
        WITH_SHAPE("(True,)"),
        WITH_SHAPE("(05,)"),
        WITH_SHAPE("(1__0,)"),
        WITH_SHAPE("(10_,)"),
        WITH_SHAPE("(0x,)"),
        WITH_SHAPE("(0b12,)"),
        WITH_SHAPE("(10l,)"),
        WITH_SHAPE("(10LL,)"),
        WITH_SHAPE("(10.,)"),
        WITH_SHAPE("(10j,)"),
        WITH_SHAPE("(10\v,)"),
        WITH_SHAPE("(10,)L"),
        WITH_SHAPE("(,)"),
        WITH_SHAPE("(10,,)"),
        WITH_SHAPE("(10 10)"),
        WITH_SHAPE("(1e3,)"),
        WITH_SHAPE("(10,") "x",
        WITH_SHAPE("(10,)") "x",
    };
    bytes b = headed(3, WITH_SHAPE("(10L,)"));

    for (size_t o = 0; o < sizeof others / sizeof others[0]; o++)
        refused(others[o], "its header is not understood");
    refused_bytes(&b, "its header is not understood");
    b = headed(1, "{" PLAIN "} #");
    b.at[b.size - 2] = '\0';
    refused_bytes(&b, "its header is not understood");
}

static void what_stands_before_the_header_is_checked(void)
{
    bytes b = headed(1, WITH_SHAPE("(10,)")), other = b;

    other.at[6] = 9;
    refused_bytes(&other, "version 9.0 of the .npy format; rxt reads 1.0, 2.0 and 3.0");
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
    refused_bytes(&other, "a header of 4294967295 bytes; rxt reads at most 10000, as NumPy does");
}

/* The header is cut at every length, so that no step of the parser reads beyond the end. */
static void a_header_cut_off_anywhere_is_refused(void)
{
    for (int version = 1; version <= 3; version++) {
        bytes b = headed(version, WITH_SHAPE("(10,)"));
        size_t whole = b.size;

        for (b.size = 1; b.size < whole; b.size++)
            refused_bytes(&b, b.size < 6 ? "cut off" : "is cut off inside its header");
    }
}

/* 190 nested brackets, nearly as many as Python accepts, are read; 4000 are refused, because more
 * could exhaust the stack. */
static void nesting_has_an_end(void)
{
    for (int deep = 190; deep <= 4000; deep += 3810) {
        char dictionary[RXT_NPY_HEADER] = "{'shape': ";
        size_t used = strlen(dictionary);

        memset(dictionary + used, '(', (size_t)deep);
        memset(dictionary + used + deep, ')', (size_t)deep);
        strcpy(dictionary + used + 2 * deep, ", " PLAIN "}");
        if (deep == 190)
            understood(1, dictionary, "<f8", 10);
        else
            refused(dictionary, "its header is not understood");
    }
}

/* Every byte of the header takes every value: the header is understood or refused with a message of
 * one line. */
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
            CU_ASSERT(st || (header.n >= -1 && header.offset == (ptrdiff_t)b.size));
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
        { "what NumPy loads is understood", what_numpy_loads_is_understood },
        { "other shapes are refused by name", other_shapes_are_refused_by_name },
        { "what is no such dictionary is refused", what_is_no_such_dictionary_is_refused },
        { "what stands before the header is checked", what_stands_before_the_header_is_checked },
        { "a header cut off anywhere is refused", a_header_cut_off_anywhere_is_refused },
        { "nesting has an end", nesting_has_an_end },
        { "no byte of a header does harm", no_byte_of_a_header_does_harm },
        CU_TEST_INFO_NULL,
    };

    return suite_run("npy header", tests);
}
