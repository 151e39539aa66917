/* npy_header.c - the header of a .npy file, from bytes that may be anything.
 *
 * NumPy writes a Python dictionary and reads any literal; of that language this knows what such a
 * dictionary can hold for one dimension of plain numbers: strings, True and False, a tuple of
 * integers. Everything else is refused, by name where a reader can do something about it. */
#include <rxt/npy.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MAGIC = 6, VERSION = 2, DIMENSIONS = 32 }; /* NumPy's most */

/* What is left to read, and where it goes. */
typedef struct text {
    const char *name;
    const char *at, *end;
    rxt_npy_header *header;
} text;

static rxt_status damaged(const text *t)
{
    return rxt_status_of(RXT_USAGE,
                         "%s: its header is damaged (not a dictionary of descr, fortran_order and "
                         "shape); save it again with numpy.save",
                         t->name);
}

/* ---- words ---- */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip(text *t)
{
    while (t->at < t->end && is_space(*t->at))
        t->at++;
}

static bool take(text *t, const char *word)
{
    size_t length = strlen(word);

    skip(t);
    if ((size_t)(t->end - t->at) < length || memcmp(t->at, word, length))
        return false;
    t->at += length;
    return true;
}

/* 'characters' or "characters", behind a u where Python 2 wrote it; escapes stand in no word that
 * is understood. */
static bool take_string(text *t, const char **string, size_t *length)
{
    const char *close;
    char quote;

    skip(t);
    if (t->at + 1 < t->end && strchr("uUrR", *t->at) && strchr("'\"", t->at[1]))
        t->at++;
    if (t->at == t->end || (*t->at != '\'' && *t->at != '"'))
        return false;
    quote = *t->at++;
    close = memchr(t->at, quote, (size_t)(t->end - t->at));
    if (!close)
        return false;
    *string = t->at;
    *length = (size_t)(close - t->at);
    t->at = close + 1;
    return true;
}

/* An integer, PTRDIFF_MAX where it is larger; Python 2 put an L behind it. */
static bool take_number(text *t, ptrdiff_t *number)
{
    const char *first;

    skip(t);
    first = t->at;
    *number = 0;
    for (; t->at < t->end && *t->at >= '0' && *t->at <= '9'; t->at++) {
        int digit = *t->at - '0';

        *number = *number > (PTRDIFF_MAX - digit) / 10 ? PTRDIFF_MAX : *number * 10 + digit;
    }
    if (t->at == first)
        return false;
    if (t->at < t->end && *t->at == 'L')
        t->at++;
    return true;
}

/* ---- descr ---- */

/* What a type holds, by how NumPy's word for it begins, byte order left out: the first that fits.
 */
static const char *kind_of(const char *word, size_t length)
{
    static const struct {
        const char *beginning, *kind;
    } kinds[] = {
        { "bool", "truth values" }, { "b1", "truth values" },   { "?", "truth values" },
        { "half", "floats" },       { "longdouble", "floats" }, { "e", "floats" },
        { "f", "floats" },          { "g", "floats" },          { "c", "complex numbers" },
        { "i", "integers" },        { "u", "integers" },        { "O", "Python objects" },
        { "S", "strings" },         { "a", "strings" },         { "U", "strings" },
        { "V", "raw bytes" },       { "m", "times" },           { "M", "times" },
    };

    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        size_t beginning = strlen(kinds[k].beginning);

        if (length >= beginning && !memcmp(word, kinds[k].beginning, beginning))
            return kinds[k].kind;
    }
    return "elements of an unknown type";
}

static bool printable(const char *string, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (string[i] < ' ' || string[i] > '~')
            return false;
    return true;
}

static bool has_order(const char *string, size_t length)
{
    return length > 0 && memchr("<>=|", string[0], 4);
}

static rxt_status wrong_type(const text *t, const char *string, size_t length)
{
    bool ordered = has_order(string, length);
    const char *kind = kind_of(string + ordered, length - ordered);

    if (length > 16 || !printable(string, length))
        string = "?", length = 1;
    return rxt_status_of(RXT_USAGE,
                         "%s: holds %s (%.*s); rxt reads f8 and f4 of known byte order: save "
                         "%s",
                         t->name, kind, (int)length, string,
                         !strcmp(kind, "complex numbers") ? "x.real or x.imag" : "x.astype('<f8')");
}

/* A list of fields, or a type with a shape of its own. */
static rxt_status structured(const text *t)
{
    return rxt_status_of(RXT_USAGE,
                         "%s: holds structured elements; rxt reads f8 and f4: save one field, "
                         "x['NAME']",
                         t->name);
}

/* Types as NumPy's dtype reads them: a code, which may have a byte order before it, or a name. */
static const struct {
    const char *word;
    char size;
    bool code;
} types[] = {
    { "f8", '8', true },      { "d", '8', true },        { "f4", '4', true },
    { "f", '4', true },       { "float64", '8', false }, { "double", '8', false },
    { "float", '8', false },  { "float_", '8', false },  { "float32", '4', false },
    { "single", '4', false },
};
enum { TYPES = sizeof types / sizeof types[0] };

/* This machine's byte order, which "=", "|" and no sign stand for. */
static char native_order(void)
{
    const uint16_t one = 1;
    unsigned char first;

    memcpy(&first, &one, 1);
    return first ? '<' : '>';
}

/* Sets type to "<f8", ">f8", "<f4" or ">f4"; false where it is none of them. */
static bool set_type(char type[4], const char *string, size_t length)
{
    bool ordered = has_order(string, length);
    char order = ordered && (string[0] == '<' || string[0] == '>') ? string[0] : native_order();

    string += ordered;
    length -= ordered;
    for (int i = 0; i < TYPES; i++)
        if (length == strlen(types[i].word) && !memcmp(string, types[i].word, length) &&
            (types[i].code || !ordered)) {
            memcpy(type, (char[4]){ order, 'f', types[i].size, '\0' }, 4);
            return true;
        }
    return false;
}

static rxt_status read_descr(text *t)
{
    const char *string;
    size_t length;

    if (take(t, "[") || take(t, "("))
        return structured(t);
    if (!take_string(t, &string, &length))
        return damaged(t);
    return set_type(t->header->type, string, length) ? RXT_OK : wrong_type(t, string, length);
}

/* ---- fortran_order ---- */

/* One dimension has the same order either way: NumPy writes False, Julia and Fortran write True. */
static rxt_status read_order(text *t)
{
    return take(t, "False") || take(t, "True") ? RXT_OK : damaged(t);
}

/* ---- shape ---- */

/* "3, 4, …" */
static void put_dimension(char shape[96], int dimension, ptrdiff_t length)
{
    size_t used = strlen(shape);

    if (dimension < 4)
        snprintf(shape + used, 96 - used, "%s%td", dimension ? ", " : "", length);
    else if (dimension == 4)
        snprintf(shape + used, 96 - used, ", …");
}

static rxt_status wrong_shape(const text *t, int dimensions, const char *shape)
{
    return rxt_status_of(RXT_USAGE, "%s: has %d dimensions (%s); rxt reads one: save x.ravel()",
                         t->name, dimensions, shape);
}

/* The elements of a tuple: integers, a comma behind each; the last may do without, unless it is the
 * only one, for (3) is no tuple. */
static bool take_shape(text *t, int *dimensions, ptrdiff_t *n, char shape[96])
{
    bool comma = true;
    ptrdiff_t length;

    if (!take(t, "("))
        return false;
    while (!take(t, ")")) {
        if (!comma || *dimensions == DIMENSIONS || !take_number(t, &length))
            return false;
        put_dimension(shape, (*dimensions)++, length);
        *n = length;
        comma = take(t, ",");
    }
    return comma || *dimensions > 1;
}

static rxt_status read_shape(text *t)
{
    char shape[96] = "";
    int dimensions = 0;

    if (!take_shape(t, &dimensions, &t->header->n, shape))
        return damaged(t);
    if (dimensions != 1)
        return wrong_shape(t, dimensions, shape);
    if (t->header->n > PTRDIFF_MAX / 16)
        return rxt_status_of(RXT_USAGE,
                             "%s: its header says %s elements, more than a file can hold", t->name,
                             shape);
    return RXT_OK;
}

/* ---- the dictionary ---- */

static const struct {
    const char *key;
    rxt_status (*read)(text *t);
} fields[] = {
    { "descr", read_descr },
    { "fortran_order", read_order },
    { "shape", read_shape },
};
enum { FIELDS = sizeof fields / sizeof fields[0], ALL = (1 << FIELDS) - 1 };

/* One "key: value"; each key once. */
static rxt_status read_field(text *t, int *seen)
{
    const char *key;
    size_t length;

    if (!take_string(t, &key, &length) || !take(t, ":"))
        return damaged(t);
    for (int f = 0; f < FIELDS; f++) {
        if (length != strlen(fields[f].key) || memcmp(key, fields[f].key, length))
            continue;
        if (*seen & 1 << f)
            return damaged(t);
        *seen |= 1 << f;
        return fields[f].read(t);
    }
    return damaged(t);
}

static rxt_status read_dictionary(text *t)
{
    bool comma = true;
    int seen = 0;

    if (!take(t, "{"))
        return damaged(t);
    while (!take(t, "}")) {
        rxt_status st = comma ? read_field(t, &seen) : damaged(t);

        if (st)
            return st;
        comma = take(t, ",");
    }
    skip(t);
    return seen == ALL && t->at == t->end ? RXT_OK : damaged(t);
}

/* ---- what stands before it ---- */

static rxt_status wrong_magic(const char *name, const unsigned char *bytes, size_t size)
{
    if (size >= 2 && bytes[0] == 'P' && bytes[1] == 'K')
        return rxt_status_of(
            RXT_USAGE, "%s: is an archive (.npz); save each array alone with numpy.save", name);
    return rxt_status_of(RXT_USAGE, "%s: is not a .npy file; write it with numpy.save", name);
}

static rxt_status cut_off(const char *name)
{
    return rxt_status_of(RXT_USAGE, "%s: is cut off inside its header; copy or save it again",
                         name);
}

/* The length of the header: little-endian, of 2 bytes in version 1 and 4 later. */
static size_t length_of(const unsigned char *bytes, int width)
{
    size_t length = 0;

    for (int i = width - 1; i >= 0; i--)
        length = length << 8 | bytes[i];
    return length;
}

static rxt_status parse_header(const char *name, const unsigned char *bytes, size_t size,
                               rxt_npy_header *header)
{
    int version = bytes[MAGIC], width = version == 1 ? 2 : 4;
    size_t before = (size_t)(MAGIC + VERSION + width), length;
    text t = { .name = name, .header = header };

    if (version < 1 || version > 3 || bytes[MAGIC + 1])
        return rxt_status_of(
            RXT_USAGE, "%s: is of the .npy format's version %d.%d; rxt reads 1.0, 2.0 and 3.0",
            name, version, bytes[MAGIC + 1]);
    if (size < before)
        return cut_off(name);
    length = length_of(bytes + MAGIC + VERSION, width);
    if (length > RXT_NPY_HEADER - 12)
        return rxt_status_of(RXT_USAGE, "%s: has a header of %zu bytes; NumPy reads at most %d",
                             name, length, RXT_NPY_HEADER - 12);
    if (size - before < length)
        return cut_off(name);
    header->offset = (ptrdiff_t)(before + length);
    t.at = (const char *)bytes + before;
    t.end = t.at + length;
    return read_dictionary(&t);
}

rxt_status rxt_npy_parse(const char *name, const unsigned char *bytes, size_t size,
                         rxt_npy_header *header)
{
    static const char magic[MAGIC] = { '\x93', 'N', 'U', 'M', 'P', 'Y' };

    *header = (rxt_npy_header){ .n = 0 };
    if (size == 0)
        return rxt_status_of(RXT_USAGE, "%s: is empty; write it with numpy.save", name);
    if (memcmp(bytes, magic, size < MAGIC ? size : MAGIC))
        return wrong_magic(name, bytes, size);
    return size < MAGIC + VERSION ? cut_off(name) : parse_header(name, bytes, size, header);
}
