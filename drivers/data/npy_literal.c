/* npy_literal.c - reads Python literals without allocation: a literal in brackets holds only the
 * position of its content, and the caller reads the content again if it needs it. */
#include "data/npy_literal.h"

#include <stdint.h>
#include <string.h>

enum { NESTED = 200, DEL = 0x7f }; /* NESTED: deepest brackets that Python allows */

/* ---- between literals ---- */

static bool has(const rxt_npy_text *t, const char *characters)
{
    return t->at < t->end && *t->at && strchr(characters, *t->at);
}

static bool is_between(char c, char first, char last)
{
    return c >= first && c <= last;
}

static bool is_word(char c)
{
    return is_between(c, '0', '9') || is_between(c, 'a', 'z') || is_between(c, 'A', 'Z') ||
           c == '_';
}

static bool ends_line(const rxt_npy_text *t, ptrdiff_t ahead)
{
    return t->end - t->at > ahead && (t->at[ahead] == '\n' || t->at[ahead] == '\r');
}

/* Skips white space, comments, and line ends behind a backslash. */
static void skip(rxt_npy_text *t)
{
    for (;;)
        if (has(t, "#"))
            while (t->at < t->end && !ends_line(t, 0))
                t->at++;
        else if (has(t, " \t\n\f\r") || (has(t, "\\") && ends_line(t, 1)))
            t->at++;
        else
            return;
}

static bool stands(const rxt_npy_text *t, const char *word)
{
    size_t length = strlen(word);

    return (size_t)(t->end - t->at) >= length && !memcmp(t->at, word, length);
}

static bool take(rxt_npy_text *t, const char *word)
{
    skip(t);
    if (!stands(t, word))
        return false;
    t->at += strlen(word);
    return true;
}

bool rxt_npy_literal_end(rxt_npy_text *text)
{
    skip(text);
    return text->at == text->end;
}

/* ---- strings ---- */

/* One piece of a string, 'characters', "characters", '''characters''' …, and its prefix. */
typedef struct piece {
    rxt_npy_text inside;
    bool raw, bytes;
} piece;

static void take_prefix(rxt_npy_text *t, piece *p)
{
    *p = (piece){ .raw = false };
    if (has(t, "uU")) {
        t->at++;
        return;
    }
    for (; (has(t, "rR") && !p->raw) || (has(t, "bB") && !p->bytes); t->at++)
        if (has(t, "rR"))
            p->raw = true;
        else
            p->bytes = true;
}

/* Takes the characters up to the closing quotes, which equal the opening ones. Only triple quotes
 * may have line ends between them. */
static bool take_characters(rxt_npy_text *t, piece *p, const char *quotes)
{
    t->at += strlen(quotes);
    p->inside = (rxt_npy_text){ .at = t->at };
    for (; t->at < t->end && !stands(t, quotes); t->at++) {
        if (!quotes[1] && ends_line(t, 0))
            return false;
        t->at += has(t, "\\") && t->at + 1 < t->end;
    }
    p->inside.end = t->at;
    return take(t, quotes);
}

static bool take_piece(rxt_npy_text *t, piece *p)
{
    static const char *const quotes[] = { "'''", "\"\"\"", "'", "\"" };
    rxt_npy_text before = *t;

    take_prefix(t, p);
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        if (stands(t, quotes[i])) {
            if (take_characters(t, p, quotes[i]))
                return true;
            break;
        }
    *t = before;
    return false;
}

/* Pieces with only white space or comments between them are one string. */
static bool take_string(rxt_npy_text *t, rxt_npy_literal *l)
{
    bool bytes;
    piece p;

    *l = (rxt_npy_literal){ .inside = *t };
    if (!take_piece(t, &p))
        return false;
    bytes = p.bytes;
    do {
        if (p.bytes != bytes)
            return false;
        l->inside.end = t->at;
        skip(t);
    } while (take_piece(t, &p));
    l->kind = bytes ? RXT_NPY_OTHER : RXT_NPY_STRING;
    return true;
}

/* Reads at most `most` digits of a number in the given base (up to 16); -1 if there are fewer than
 * `least`. */
static long take_digits(rxt_npy_text *t, int base, int least, int most)
{
    long value = 0;
    int count = 0;

    for (; count < most && t->at < t->end; count++, t->at++) {
        const char digits[] = "0123456789abcdef", lower = (char)(*t->at | 0x20);
        const char *digit = *t->at ? memchr(digits, lower, (size_t)base) : NULL;

        if (!digit || (lower != *t->at && !is_between(*t->at, 'A', 'F')))
            break;
        value = value * base + (digit - digits);
    }
    return count < least ? -1 : value;
}

/* Reads an escape after its backslash. Returns the character; -1: no character; -2: unknown
 * escape. */
static long take_escape(rxt_npy_text *t)
{
    static const char letters[] = "\\'\"abfnrtv", meant[] = "\\'\"\a\b\f\n\r\t\v";
    const char *letter = memchr(letters, *t->at, sizeof letters - 1);
    char first = *t->at;
    long value;

    if (is_between(first, '0', '7'))
        return take_digits(t, 8, 1, 3);
    t->at++;
    if (letter)
        return meant[letter - letters];
    if (first == '\n' || first == '\r')
        return -1;
    if (first == 'N')
        return -2;
    if (first == 'x' || first == 'u' || first == 'U') {
        int digits = first == 'x' ? 2 : first == 'u' ? 4 : 8;

        value = take_digits(t, 16, digits, digits);
        return value < 0 || value > 0x10ffff ? -2 : value;
    }
    t->at--; /* not an escape: backslash and character stay */
    return '\\';
}

bool rxt_npy_literal_word(const rxt_npy_literal *literal, char word[], size_t *length)
{
    rxt_npy_text pieces = literal->inside;
    piece p;

    *length = 0;
    for (; take_piece(&pieces, &p); skip(&pieces))
        while (p.inside.at < p.inside.end) {
            long c = (unsigned char)*p.inside.at++;

            if (c == '\\' && !p.raw)
                c = take_escape(&p.inside);
            if (c == -2)
                return false;
            if (c >= 0)
                word[(*length)++] = c < DEL ? (char)c : DEL;
        }
    return true;
}

/* ---- numbers ---- */

static int digit_of(char c, int base)
{
    int digit = is_between(c, '0', '9')  ? c - '0'
                : is_word(c) && c != '_' ? (c | 0x20) - 'a' + 10
                                         : 99;

    return digit < base ? digit : -1;
}

/* Reads all of a word as a whole number. Each digit except the last may be followed by an
 * underscore; a decimal number other than 0 does not begin with 0. */
static bool read_integer(const char *at, const char *end, ptrdiff_t *value)
{
    char letter = end - at > 2 && *at == '0' ? (char)(at[1] | 0x20) : '\0';
    int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    bool zero = base == 10 && *at == '0', digit_before = base != 10;

    *value = 0;
    for (at += base == 10 ? 0 : 2; at < end; at++) {
        int digit = digit_of(*at, base);

        if (digit < 0 ? *at != '_' || !digit_before : zero && digit > 0)
            return false;
        digit_before = digit >= 0;
        if (digit >= 0)
            *value = *value > (PTRDIFF_MAX - digit) / base ? PTRDIFF_MAX : *value * base + digit;
    }
    return digit_before;
}

/* Is it a number with a point, an exponent or a j? Its value is not needed. */
static bool is_other(const char *at, const char *end)
{
    bool digit = false, other = false;

    for (; at < end; at++) {
        digit = digit || is_between(*at, '0', '9');
        other = other || !is_between(*at, '0', '9');
        if (!is_between(*at, '0', '9') && !strchr("._eEjJ+-", *at))
            return false;
    }
    return digit && other;
}

/* The end of a number. Moves t->at behind Python 2's suffix L, which numpy.load ignores. */
static const char *end_of_number(rxt_npy_text *t, const char *first)
{
    rxt_npy_text ahead = *t;

    if (!t->python2)
        return t->at;
    if (t->at - first > 1 && t->at[-1] == 'L')
        ahead.at--;
    for (const char *end = ahead.at;;) {
        while (has(&ahead, " \t\f"))
            ahead.at++;
        if (!has(&ahead, "L") || (ahead.at + 1 < ahead.end && is_word(ahead.at[1])))
            return end;
        t->at = ++ahead.at;
    }
}

static bool take_number(rxt_npy_text *t, rxt_npy_literal *l)
{
    const char *first = t->at, *end;

    if (!has(t, "0123456789."))
        return false;
    while (t->at < t->end && (is_word(*t->at) || *t->at == '.' ||
                              (has(t, "+-") && (t->at[-1] | 0x20) == 'e' && first[1] != 'x')))
        t->at++;
    end = end_of_number(t, first);
    *l = (rxt_npy_literal){ .kind = RXT_NPY_INTEGER };
    if (read_integer(first, end, &l->number))
        return true;
    l->kind = RXT_NPY_OTHER;
    return is_other(first, end);
}

/* ---- any literal ---- */

static bool take_literal(rxt_npy_text *t, rxt_npy_literal *l, int nested);

static bool take_signed(rxt_npy_text *t, rxt_npy_literal *l, int nested)
{
    bool minus = *t->at++ == '-';

    if (!take_literal(t, l, nested) || l->sign ||
        (l->kind != RXT_NPY_INTEGER && l->kind != RXT_NPY_OTHER))
        return false;
    l->sign = true;
    l->number = minus ? -l->number : l->number;
    return true;
}

/* Takes "key: value", or a single element. */
static bool take_element(rxt_npy_text *t, rxt_npy_literal *l, bool braces, int *pairs, int nested)
{
    if (!take_literal(t, l, nested))
        return false;
    if (!braces || !take(t, ":"))
        return true;
    ++*pairs;
    return take_literal(t, l, nested);
}

/* (x) is x itself, not a tuple. */
static bool take_brackets(rxt_npy_text *t, rxt_npy_literal *l, int nested)
{
    const char *close = *t->at == '(' ? ")" : *t->at == '[' ? "]" : "}";
    rxt_npy_literal element;
    bool comma = true, braces = *close == '}';
    int elements = 0, pairs = 0;

    *l = (rxt_npy_literal){ .kind = *close == ')'   ? RXT_NPY_TUPLE
                                    : *close == ']' ? RXT_NPY_LIST
                                                    : RXT_NPY_BRACES };
    t->at++;
    l->inside = *t;
    while (!take(t, close)) {
        if (!comma || !take_element(t, &element, braces, &pairs, nested))
            return false;
        comma = take(t, ",");
        elements++;
    }
    l->inside.end = t->at - 1;
    if (l->kind == RXT_NPY_TUPLE && elements == 1 && !comma)
        *l = element;
    else
        l->pairs = braces && pairs == elements;
    return pairs == 0 || pairs == elements;
}

static bool take_name(rxt_npy_text *t, rxt_npy_literal *l)
{
    static const struct {
        const char *name;
        rxt_npy_kind kind;
    } names[] = { { "True", RXT_NPY_TRUE },
                  { "False", RXT_NPY_FALSE },
                  { "None", RXT_NPY_NONE },
                  { "...", RXT_NPY_OTHER } };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (stands(t, names[i].name)) {
            t->at += strlen(names[i].name);
            *l = (rxt_npy_literal){ .kind = names[i].kind };
            return true;
        }
    return false;
}

static bool take_literal(rxt_npy_text *t, rxt_npy_literal *l, int nested)
{
    skip(t);
    if (nested == 0)
        return false;
    if (has(t, "([{"))
        return take_brackets(t, l, nested - 1);
    if (has(t, "+-"))
        return take_signed(t, l, nested - 1);
    if (take_string(t, l))
        return true;
    return (take_name(t, l) || take_number(t, l)) && (t->at == t->end || !is_word(*t->at));
}

bool rxt_npy_literal_take(rxt_npy_text *text, rxt_npy_literal *literal)
{
    return take_literal(text, literal, NESTED);
}

bool rxt_npy_literal_next(rxt_npy_text *inside, rxt_npy_literal *literal)
{
    if (take(inside, ",") || take(inside, ":"))
        skip(inside);
    return take_literal(inside, literal, NESTED);
}
