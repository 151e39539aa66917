/* test_npy_type.c - element types in headers of .npy files, by all of NumPy's names for them. */
#include "data/npy.h"

#include <stdint.h>
#include <stdio.h>

#include "npy_parsed.h"
#include "suite.h"

/* Names that numpy.load (1.24) reads as these types. */
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
}

static void types_of_parts_are_refused_by_what_they_are(void)
{
    refused(WITH_DESCR("[('a', '<f8'), ('b', '<f4')]"), "structured elements");
    refused(WITH_DESCR("{}"), "structured elements");
    refused(WITH_DESCR("'f8,f4'"), "structured elements (f8,f4)");
    refused(WITH_DESCR("('<f8', (2,))"), "each of its elements is an array");
    refused(WITH_DESCR("('<f8', 2)"), "each of its elements is an array");
    refused(WITH_DESCR("('<f8', (0, 3))"), "each of its elements is an array");
    refused(WITH_DESCR("('<f8', '<i8')"), "its type is a pair, and rxt knows only the first part");
    refused(WITH_DESCR("('<f8', [('a', '<f8')])"), "its type is a pair");
    refused(WITH_DESCR("('<f8', [])"), "its type is a pair");
    refused(WITH_DESCR("('<f4', None)"), "its type is a pair");
    refused(WITH_DESCR("('<f8', -1)"), "its type is a pair");
    refused(WITH_DESCR("('<f8', (1.0,))"), "its type is a pair");
    refused(WITH_DESCR("('V8', '<f8')"), "holds raw bytes (V8)");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "types are understood as by NumPy", types_are_understood_as_by_numpy },
        { "other types are refused by name", other_types_are_refused_by_name },
        { "types of parts are refused by what they are",
          types_of_parts_are_refused_by_what_they_are },
        CU_TEST_INFO_NULL,
    };

    return suite_run("npy type", tests);
}
