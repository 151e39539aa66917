/* row.c - one row of a study: its notes, and what is computed from its times. */
#include "results/row.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "base/vocabulary.h"
#include "splits/scaling.h"
#include "support/type.h"

/* Is `note` one of the notes joined by "; " in `notes`? */
static bool noted(const char *notes, const char *note)
{
    size_t length = strlen(note);

    for (const char *at = notes; (at = strstr(at, note)); at++) {
        bool starts = at == notes || (at - notes >= 2 && !memcmp(at - 2, "; ", 2));

        if (starts && (at[length] == '\0' || !strncmp(at + length, "; ", 2)))
            return true;
    }
    return false;
}

/* The number of bytes of text that fit into `room` as whole UTF-8 characters. */
static size_t whole_characters(const char *text, size_t room)
{
    size_t length = strlen(text);

    if (length <= room)
        return length;
    while (room > 0 && ((unsigned char)text[room] & 0xc0) == 0x80)
        room--;
    return room;
}

void rxt_row_note(rxt_row *row, const char *format, ...)
{
    char note[2 * RXT_ROW_NOTE] = "";
    size_t used = strlen(row->note), gap = used > 0 ? 2 : 0, room, length;
    va_list args;

    va_start(args, format);
    rxt_text_append_list(note, sizeof note, format, args);
    va_end(args);
    if (!note[0] || noted(row->note, note) || used + gap + 1 >= RXT_ROW_NOTE)
        return;
    room = RXT_ROW_NOTE - 1 - used - gap;
    length = whole_characters(note, room);
    if (length == 0)
        return;
    memcpy(row->note + used, "; ", gap);
    memcpy(row->note + used + gap, note, length);
    row->note[used + gap + length] = '\0';
}

static double element(const rxt_row *row)
{
    int type = row->type ? rxt_vocabulary_find(&rxt_type_vocabulary, row->type) : -1;

    return (double)rxt_type_size(type < 0 ? RXT_F64 : (rxt_type)type);
}

int rxt_row_workers(const rxt_row *row)
{
    return rxt_split_workers(row->split);
}

bool rxt_row_same_block(const rxt_row *a, const rxt_row *b)
{
    return a->n == b->n && !strcmp(a->kernel, b->kernel) && !strcmp(a->bind, b->bind);
}

static bool same(const rxt_row *a, const rxt_row *b)
{
    return rxt_row_same_block(a, b) && rxt_split_equal(a->split, b->split) &&
           !strcmp(a->team, b->team) && !strcmp(a->combine, b->combine);
}

const rxt_row *rxt_rows_find(const rxt_rows *rows, const rxt_row *like)
{
    for (int r = 0; r < rows->count; r++)
        if (same(&rows->row[r], like))
            return &rows->row[r];
    return NULL;
}

const rxt_row *rxt_rows_baseline(const rxt_rows *rows, const rxt_row *row)
{
    rxt_row like = *row, serial;
    const rxt_row *found;

    like.split = row->baseline;
    found = rxt_rows_find(rows, &like);
    serial = like;
    serial.team = serial.combine = rxt_vocabulary_none;
    return found ? found : rxt_rows_find(rows, &serial);
}

bool rxt_row_wrong(const rxt_row *row)
{
    return !row->verified && !isnan(row->error);
}

bool rxt_rows_wrong(const rxt_rows *rows)
{
    for (int r = 0; r < rows->count; r++)
        if (rxt_row_wrong(&rows->row[r]))
            return true;
    return false;
}

bool rxt_row_sped_up(const rxt_row *row)
{
    return row->verified && isfinite(row->speedup.median) && row->speedup.median > 0;
}

bool rxt_row_serial(const rxt_row *row)
{
    return rxt_vocabulary_is_none(row->team);
}

bool rxt_row_weak(const rxt_row *row)
{
    return row->scaling && !strcmp(row->scaling, rxt_scaling_name(true));
}

/* The number of elements on all workers, divided by n. Both rows of a ratio have the same n. */
static int work(const rxt_row *row)
{
    return rxt_row_weak(row) ? rxt_row_workers(row) : 1;
}

rxt_rounds rxt_row_rounds(const rxt_row *row, int rounds)
{
    return (rxt_rounds){ .count = rounds, .epoch = row->epoch, .run = row->run };
}

rxt_sample rxt_row_ratio_at(int rounds, const rxt_row *slow, const rxt_row *fast, double coverage)
{
    rxt_rounds of = rxt_row_rounds(fast, rounds);
    rxt_sample ratio = rxt_sample_of_rounds(&of, slow->seconds, fast->seconds, coverage);
    double *figure[] = { &ratio.median, &ratio.low, &ratio.high, &ratio.min,
                         &ratio.q1,     &ratio.q3,  &ratio.max };

    for (size_t f = 0; f < sizeof figure / sizeof figure[0]; f++)
        *figure[f] *= (double)work(fast) / work(slow);
    return ratio;
}

rxt_sample rxt_row_ratio(int rounds, const rxt_row *slow, const rxt_row *fast)
{
    return rxt_row_ratio_at(rounds, slow, fast, RXT_SAMPLE_COVERAGE);
}

/* If the whole interval of the speedup is above the ratio of workers, and the row's share is in
 * another level than the baseline's, sets `nearer` and adds a note. Does nothing if the row does
 * not have more workers than the baseline. */
static void note_level(rxt_row *row, const rxt_row *baseline)
{
    double ratio = (double)rxt_row_workers(row) / rxt_row_workers(baseline);

    if (ratio > 1 && row->speedup.low > ratio && row->level && baseline->level &&
        strcmp(row->level, baseline->level) != 0)
        row->nearer = baseline->level;
    if (row->nearer)
        rxt_row_note(row, "superlinear: a worker's share lies in %s, with the baseline in %s",
                     row->level, row->nearer);
}

static void note_noise(rxt_row *row, const rxt_row *baseline, int rounds)
{
    static const char cut[] = ", but covers less than 95 %";

    if (row->time.widened)
        rxt_row_note(row, "consecutive times are autocorrelated: the time's interval is widened%s",
                     row->time.cut ? cut : "");
    if (row->speedup.widened)
        rxt_row_note(row,
                     "consecutive speedups are autocorrelated: the speedup's interval is widened%s",
                     row->speedup.cut ? cut : "");
    if (row != baseline && rxt_sample_together(rounds, row->seconds, baseline->seconds))
        rxt_row_note(row, "times drift together with the baseline's: the speedups are not "
                          "affected, the times' intervals may be too narrow");
}

void rxt_row_derive(rxt_row *row, const rxt_row *baseline, int rounds)
{
    int kept = row->verified ? rounds : 0;
    int paired = row->verified && baseline->verified ? rounds : 0;
    rxt_rounds of = rxt_row_rounds(row, kept);
    double rate;

    row->time = rxt_sample_of_rounds(&of, row->seconds, NULL, RXT_SAMPLE_COVERAGE);
    row->speedup = rxt_row_ratio(paired, baseline, row);
    row->rounds = row->time.count;
    row->efficiency = row->speedup.median * rxt_row_workers(baseline) / rxt_row_workers(row);
    rate = (double)row->n * work(row) / row->time.median / 1e9;
    row->gbytes_per_s = rate * (row->loads + row->stores) * element(row);
    row->gflops_per_s = rate * row->flops;
    if (row->unit && row->loads + row->stores + row->flops <= 0)
        row->gbytes_per_s = row->gflops_per_s = NAN; /* the kernel moves and computes no numbers */
    note_noise(row, baseline, paired);
    note_level(row, baseline);
}

/* The rate of the row, divided by the rate of the loop. */
static rxt_sample fraction_of(const rxt_row *row, const rxt_row_roof *roof, int rounds)
{
    rxt_rounds of = rxt_row_rounds(row, rounds);
    rxt_sample part = { .median = NAN, .low = NAN, .high = NAN };

    if (!roof->seconds || !(roof->times > 0))
        return part;
    part = rxt_sample_of_rounds(&of, roof->seconds, row->seconds, RXT_SAMPLE_COVERAGE);
    part.median /= roof->times;
    part.low /= roof->times;
    part.high /= roof->times;
    return part;
}

void rxt_row_judge(rxt_row *row, const rxt_row_roof roof[RXT_ROOF_KINDS], int rounds)
{
    rxt_sample part[RXT_ROOF_KINDS], *most = &part[RXT_ROOF_NEAR];

    if (!row->verified)
        return;
    for (int kind = 0; kind < RXT_ROOF_KINDS; kind++)
        part[kind] = fraction_of(row, &roof[kind], rounds);
    if (isnan(most->median) || part[RXT_ROOF_FAR].median < most->median)
        most = &part[RXT_ROOF_FAR];
    row->arithmetic =
        !(part[RXT_ROOF_FLOPS].median <= most->median) && !isnan(part[RXT_ROOF_FLOPS].median);
    if (row->arithmetic)
        most = &part[RXT_ROOF_FLOPS];
    row->roof = most->median;
    if (most->low > 1)
        rxt_row_note(
            row, "faster than its roof, %.2f [%.2f %.2f]: no loop was found that %s as fast",
            most->median, most->low, most->high, row->arithmetic ? "calculates" : "moves data");
}
