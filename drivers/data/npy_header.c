/* npy_header.c - reads the header of a .npy file, from untrusted bytes.
 *
 * NumPy writes a Python dictionary, and reads every text that Python accepts as a dictionary. So do
 * the functions of this file, if the dictionary describes one dimension of plain numbers.
 * Everything else is refused; the message says how to convert the file if that is possible. */
#include "data/npy.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "data/npy_literal.h"
#include "data/npy_type.h"

enum { MAGIC = 6, VERSION = 2 };

/* The file's name for messages, the header to fill in, and room for the longest string of the
 * file's header. */
typedef struct reader {
    const char *name;
    rxt_npy_header *header;
    char word[RXT_NPY_HEADER];
} reader;

static rxt_status not_understood(const reader *r)
{
    return rxt_status_of(RXT_USAGE,
                         "%s: its header is not understood (it should be a dictionary of descr, "
                         "fortran_order and shape); save it again with numpy.save",
                         r->name);
}

/* ---- descr ---- */

static bool printable(const char *string, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (string[i] < ' ' || string[i] > '~')
            return false;
    return true;
}

static rxt_status wrong_type(const reader *r, size_t length)
{
    const char *kind = rxt_npy_type_kind(r->word, length);
    bool shown = length <= 16 && printable(r->word, length);

    return rxt_status_of(RXT_USAGE,
                         "%s: holds %s (%.*s); rxt reads f8 and f4 of known byte order: save "
                         "%s",
                         r->name, kind, shown ? (int)length : 1, shown ? r->word : "?",
                         rxt_npy_type_remedy(kind));
}

/* The descr is a list of fields, so an element is not a plain number. */
static rxt_status structured(const reader *r)
{
    return rxt_status_of(RXT_USAGE,
                         "%s: holds structured elements; rxt reads f8 and f4: save one field, "
                         "x['NAME']",
                         r->name);
}

static rxt_status read_word(reader *r, const rxt_npy_literal *descr, char type[4])
{
    size_t length;

    if (!rxt_npy_literal_word(descr, r->word, &length))
        return not_understood(r);
    return rxt_npy_type(type, r->word, length) ? RXT_OK : wrong_type(r, length);
}

/* The number of values in one element: the product of a shape, which may be a single number. -1:
 * the literal is not a shape; 2: two or more. */
static int count_of(const rxt_npy_literal *shape)
{
    rxt_npy_text inside = shape->inside;
    rxt_npy_literal length;
    bool more = false, none = false, empty = true;

    if (shape->kind == RXT_NPY_INTEGER)
        return shape->number < 0 ? -1 : shape->number < 2 ? (int)shape->number : 2;
    if (shape->kind != RXT_NPY_TUPLE && shape->kind != RXT_NPY_LIST)
        return -1;
    for (; rxt_npy_literal_next(&inside, &length); empty = false) {
        if (length.kind != RXT_NPY_INTEGER || length.number < 0)
            return -1;
        none = none || length.number == 0;
        more = more || length.number > 1;
    }
    return empty && shape->kind == RXT_NPY_LIST ? -1 : none ? 0 : more ? 2 : 1;
}

/* The second part of a tuple (type, …): the shape of an element, or the type again. */
static rxt_status read_beside(reader *r, const rxt_npy_literal *beside)
{
    int count = count_of(beside);
    char type[4];
    size_t length;

    if (count == 1 || (beside->kind == RXT_NPY_NONE && r->header->type[2] == '8'))
        return RXT_OK;
    if (count >= 0)
        return rxt_status_of(RXT_USAGE,
                             "%s: each of its elements is an array; rxt reads f8 and f4: save "
                             "x.ravel()",
                             r->name);
    if (beside->kind == RXT_NPY_STRING && rxt_npy_literal_word(beside, r->word, &length) &&
        rxt_npy_type(type, r->word, length) && type[2] == r->header->type[2])
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE,
        "%s: its type is a pair, and rxt knows only the first part; save x.astype('<f8')", r->name);
}

static rxt_status read_descr(reader *r, const rxt_npy_literal *descr)
{
    rxt_npy_text inside = descr->inside;
    rxt_npy_literal type, beside;
    rxt_status st;

    if (descr->kind == RXT_NPY_STRING)
        return read_word(r, descr, r->header->type);
    if (descr->kind == RXT_NPY_LIST || descr->kind == RXT_NPY_BRACES)
        return structured(r);
    if (descr->kind != RXT_NPY_TUPLE || !rxt_npy_literal_next(&inside, &type) ||
        !rxt_npy_literal_next(&inside, &beside))
        return not_understood(r);
    st = read_descr(r, &type);
    return st ? st : read_beside(r, &beside);
}

/* ---- fortran_order ---- */

/* With one dimension both orders are the same. NumPy writes False, Julia and Fortran write True. */
static rxt_status read_order(reader *r, const rxt_npy_literal *order)
{
    return order->kind == RXT_NPY_FALSE || order->kind == RXT_NPY_TRUE ? RXT_OK : not_understood(r);
}

/* ---- shape ---- */

/* Appends a dimension; the text becomes "3, 4, …". */
static void put_dimension(char shape[96], int dimension, ptrdiff_t length)
{
    if (dimension < 4)
        rxt_text_append(shape, 96, "%s%td", dimension ? ", " : "", length);
    else if (dimension == 4)
        rxt_text_append(shape, 96, ", …");
}

static rxt_status wrong_shape(const reader *r, int dimensions, const char *shape)
{
    return rxt_status_of(RXT_USAGE, "%s: has %d dimensions (%s); rxt reads one: save x.ravel()",
                         r->name, dimensions, shape);
}

static rxt_status read_shape(reader *r, const rxt_npy_literal *tuple)
{
    rxt_npy_text inside = tuple->inside;
    rxt_npy_literal length;
    char shape[96] = "";
    int dimensions = 0;

    if (tuple->kind != RXT_NPY_TUPLE)
        return not_understood(r);
    for (; rxt_npy_literal_next(&inside, &length);
         put_dimension(shape, dimensions++, length.number))
        if (length.kind != RXT_NPY_INTEGER)
            return not_understood(r);
        else
            r->header->n = length.number < 0 ? -1 : length.number;
    if (dimensions != 1)
        return wrong_shape(r, dimensions, shape);
    if (r->header->n > PTRDIFF_MAX / 16)
        return rxt_status_of(
            RXT_USAGE, "%s: its header says that it has %s elements, more than a file can hold",
            r->name, shape);
    return RXT_OK;
}

/* ---- the dictionary ---- */

static const struct {
    const char *key;
    rxt_status (*read)(reader *r, const rxt_npy_literal *value);
} fields[] = {
    { "descr", read_descr },
    { "fortran_order", read_order },
    { "shape", read_shape },
};
enum { FIELDS = sizeof fields / sizeof fields[0], ALL = (1 << FIELDS) - 1 };

/* The index of the field with this key; FIELDS if there is none. */
static int field_of(reader *r, const rxt_npy_literal *key)
{
    size_t length;
    int f;

    if (key->kind != RXT_NPY_STRING || !rxt_npy_literal_word(key, r->word, &length))
        return FIELDS;
    for (f = 0; f < FIELDS; f++)
        if (length == strlen(fields[f].key) && !memcmp(r->word, fields[f].key, length))
            break;
    return f;
}

/* If a key occurs twice, its last value counts, as in Python. */
static rxt_status read_dictionary(reader *r, rxt_npy_text inside)
{
    rxt_npy_literal key, value[FIELDS];
    rxt_status st = RXT_OK;
    int seen = 0;

    while (rxt_npy_literal_next(&inside, &key)) {
        int f = field_of(r, &key);

        if (f == FIELDS || !rxt_npy_literal_next(&inside, &value[f]))
            return not_understood(r);
        seen |= 1 << f;
    }
    if (seen != ALL)
        return not_understood(r);
    for (int f = 0; f < FIELDS && !st; f++)
        st = fields[f].read(r, &value[f]);
    return st;
}

static rxt_status read_header(reader *r, rxt_npy_text text)
{
    rxt_npy_literal dictionary;

    if (memchr(text.at, '\0', (size_t)(text.end - text.at)) ||
        !rxt_npy_literal_take(&text, &dictionary) || !dictionary.pairs ||
        !rxt_npy_literal_end(&text))
        return not_understood(r);
    return read_dictionary(r, dictionary.inside);
}

/* ---- before the dictionary ---- */

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

/* The length of the header: little-endian, 2 bytes in version 1, later 4 bytes. */
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
    reader r = { .name = name, .header = header };
    rxt_npy_text text;

    if (version < 1 || version > 3 || bytes[MAGIC + 1])
        return rxt_status_of(RXT_USAGE,
                             "%s: has version %d.%d of the .npy format; rxt reads 1.0, 2.0 and 3.0",
                             name, version, bytes[MAGIC + 1]);
    if (size < before)
        return cut_off(name);
    length = length_of(bytes + MAGIC + VERSION, width);
    if (length > RXT_NPY_HEADER - 12)
        return rxt_status_of(RXT_USAGE,
                             "%s: has a header of %zu bytes; rxt reads at most %d, as NumPy does",
                             name, length, RXT_NPY_HEADER - 12);
    if (size - before < length)
        return cut_off(name);
    header->offset = (ptrdiff_t)(before + length);
    text = (rxt_npy_text){ .at = (const char *)bytes + before, .python2 = version < 3 };
    text.end = text.at + length;
    return read_header(&r, text);
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
