/* fill.c - wraps text into lines of RXT_REPORT_WIDTH characters. */
#include "report/fill.h"

#include <string.h>

#include "base/text.h"
#include "report/report.h"

/* Bytes of the UTF-8 character at `text`. */
static int character(const char *text)
{
    int length = 1;

    while (((unsigned char)text[length] & 0xc0) == 0x80)
        length++;
    return length;
}

typedef struct cursor {
    FILE *file;
    int column, indent;
} cursor;

static void new_line(cursor *at)
{
    fprintf(at->file, "\n%*s", at->indent, "");
    at->column = at->indent;
}

/* Prints one word and the gap before it; a word that is longer than a line is broken at the line's
 * end. */
static void put_word(cursor *at, int gap, const char *word, int length)
{
    int characters = 0;

    for (int i = 0; i < length; i += character(word + i))
        characters++;
    if (at->column > at->indent && at->column + gap + characters > RXT_REPORT_WIDTH) {
        new_line(at);
    } else {
        fprintf(at->file, "%*s", gap, "");
        at->column += gap;
    }
    for (int i = 0; i < length; i += character(word + i)) {
        if (at->column == RXT_REPORT_WIDTH)
            new_line(at);
        fwrite(word + i, 1, (size_t)character(word + i), at->file);
        at->column++;
    }
}

void rxt_report_fill(FILE *file, const char *label, int indent, const char *text)
{
    cursor at = { .file = file, .column = rxt_text_characters(label), .indent = indent };

    fputs(label, file);
    if (label[0] && at.column < indent) {
        fprintf(file, "%*s", indent - at.column, "");
        at.column = indent;
    }
    while (*text) {
        int gap = (int)strspn(text, " "), length = (int)strcspn(text + gap, " \n");

        if (length)
            put_word(&at, gap, text + gap, length);
        text += gap + length;
        if (*text == '\n' && *++text)
            new_line(&at);
    }
    fputc('\n', file);
}
