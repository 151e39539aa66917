/* npy_type.c - NumPy's names of element types, as numpy.dtype reads them. */
#include "data/npy_type.h"

#include <stdint.h>
#include <string.h>

/* The part of a word that is left to read. */
typedef struct rest {
    const char *at, *end;
} rest;

static bool take(rest *r, const char *one_of)
{
    if (r->at == r->end || !*r->at || !strchr(one_of, *r->at))
        return false;
    r->at++;
    return true;
}

static bool is(const rest *r, const char *word)
{
    size_t length = strlen(word);

    return (size_t)(r->end - r->at) == length && !memcmp(r->at, word, length);
}

static bool begins(const rest *r, const char *word)
{
    size_t length = strlen(word);

    return (size_t)(r->end - r->at) >= length && !memcmp(r->at, word, length);
}

/* ---- floats ---- */

/* The byte order of this machine: the meaning of "=", of "|", and of no sign. */
static char native_order(void)
{
    const uint16_t one = 1;
    unsigned char first;

    memcpy(&first, &one, 1);
    return first ? '<' : '>';
}

/* Takes the byte order's sign at the beginning; '\0' if there is none. */
static char take_order(rest *r)
{
    char sign = r->at < r->end ? *r->at : '\0';

    if (!take(r, "<>=|"))
        return '\0';
    return sign == '=' ? native_order() : sign;
}

static void skip_spaces(rest *r)
{
    while (take(r, " "))
        ;
}

/* Takes a repeat count of one: "1", "()", "(1,)", "1, 1" … If there is no repeat count of one,
 * takes nothing and returns false. */
static bool take_once(rest *r)
{
    rest before = *r;
    bool open, once = false;

    skip_spaces(r);
    open = take(r, "(");
    do
        once = take(r, "1") || once;
    while (skip_spaces(r), take(r, ", "));
    once = open ? take(r, ")") : once;
    skip_spaces(r);
    if (!once)
        *r = before;
    return once;
}

/* Drops the spaces at the end, and one comma among them. */
static void drop_comma(rest *r)
{
    bool comma = false;

    for (; r->end > r->at; r->end--)
        if (r->end[-1] == ',' && !comma)
            comma = true;
        else if (r->end[-1] != ' ')
            break;
}

/* The size '8' or '4' from "f8", "f08", "d" …; else '\0'. */
static char size_of_code(rest r)
{
    if (is(&r, "d"))
        return '8';
    if (is(&r, "f"))
        return '4';
    if (!take(&r, "f"))
        return '\0';
    while (take(&r, " \t\n\v\f\r"))
        ;
    take(&r, "+");
    while (take(&r, "0"))
        ;
    return is(&r, "8") ? '8' : is(&r, "4") ? '4' : '\0';
}

static char size_of_name(const rest *r)
{
    static const char *const doubles[] = { "float64", "double", "float", "float_" };

    for (size_t i = 0; i < sizeof doubles / sizeof doubles[0]; i++)
        if (is(r, doubles[i]))
            return '8';
    return is(r, "float32") || is(r, "single") ? '4' : '\0';
}

/* The syntax is [order] type, or for a list of one field: [order] [repeat count] [order] type
 * [,] */
bool rxt_npy_type(char type[4], const char *word, size_t length)
{
    rest r = { word, word + length };
    char order = take_order(&r), again, size;
    bool field = take_once(&r) || memchr(word, ',', length);

    again = take_order(&r);
    if (field)
        drop_comma(&r);
    if (again && order && (again != order || !field))
        return false;
    order = again ? again : order;
    size = size_of_code(r);
    if (!size && (!order || (field && order == native_order())))
        size = size_of_name(&r);
    memcpy(type, (char[4]){ order == '<' || order == '>' ? order : native_order(), 'f', size }, 4);
    return size != '\0';
}

/* ---- other types ---- */

static const char complex_numbers[] = "complex numbers";

const char *rxt_npy_type_kind(const char *word, size_t length)
{
    static const struct {
        const char *beginning, *kind;
    } kinds[] = {
        { "bool", "truth values" }, { "b1", "truth values" },   { "?", "truth values" },
        { "half", "floats" },       { "longdouble", "floats" }, { "e", "floats" },
        { "f", "floats" },          { "g", "floats" },          { "c", complex_numbers },
        { "i", "integers" },        { "u", "integers" },        { "O", "Python objects" },
        { "S", "strings" },         { "a", "strings" },         { "U", "strings" },
        { "V", "raw bytes" },       { "m", "times" },           { "M", "times" },
    };
    rest r = { word, word + length };

    if (memchr(word, ',', length) || memchr(word, '(', length))
        return "structured elements";
    take_order(&r);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        if (begins(&r, kinds[k].beginning))
            return kinds[k].kind;
    return "elements of an unknown type";
}

const char *rxt_npy_type_remedy(const char *kind)
{
    return kind == complex_numbers ? "x.real or x.imag" : "x.astype('<f8')";
}
