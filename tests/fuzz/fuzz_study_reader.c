/* fuzz_study_reader.c - fuzzes the reader of studies. If it accepts rows, they must be good enough
 * to make charts and answers from them; if it refuses them, the message must have one line. */
#include "files/study_reader.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void insist(int holds)
{
    if (!holds)
        abort();
}

static void look_at(const rxt_study_reader *a, const rxt_row *row)
{
    insist(row->kernel[0] && row->type && row->scaling && row->team && row->combine && row->bind);
    insist(row->n >= 0 && row->split.nodes > 0 && row->split.ranks % row->split.nodes == 0);
    insist((long long)row->split.ranks * row->split.threads <= INT32_MAX && row->split.threads > 0);
    insist(!(row->time.median <= 0) && !isinf(row->time.median) && !(row->speedup.median <= 0));
    insist(row->verified || (isnan(row->time.median) && isnan(row->speedup.median)));
    insist(isnan(row->time.low) == isnan(row->time.high));
    for (int r = 0; a->samples && r < a->rows.rounds; r++)
        insist(isnan(row->seconds[r]) || (row->seconds[r] > 0 && !isinf(row->seconds[r])));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rxt_study_reader *reader = NULL;
    rxt_status st = rxt_study_reader_read("a.json", (const char *)bytes, size, &reader);

    if (st) {
        insist(!reader && st->code == RXT_USAGE && !strchr(st->text, '\n'));
        rxt_status_free(st);
        return 0;
    }
    for (int r = 0; r < reader->rows.count; r++)
        look_at(reader, &reader->rows.row[r]);
    rxt_study_reader_close(reader);
    return 0;
}
