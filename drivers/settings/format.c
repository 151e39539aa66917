/* format.c - the formats of standard output, one line each; the first is the default. The functions
 * in app/publish.c write these formats. */
#include "settings/settings.h"

static const rxt_word formats[RXT_FORMATS] = {
    [RXT_FORMAT_TEXT] = { "text", "tables and sentences" },
    [RXT_FORMAT_CSV] = { "csv", "one line per row" },
    [RXT_FORMAT_JSON] = { "json", "the study's file" },
};

static const rxt_word *word(int index)
{
    return &formats[index];
}

const rxt_vocabulary rxt_format_vocabulary = { .count = RXT_FORMATS, .word = word };
