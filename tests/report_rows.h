/* report_rows.h - synthetic rows for the tests of the report, and the text printed from them. */
#ifndef RXT_TESTS_REPORT_ROWS_H
#define RXT_TESTS_REPORT_ROWS_H

#include "files/record.h"
#include "report/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/Basic.h>

/* ---- synthetic rows ---- */

static inline rxt_sample sample(double median, double half)
{
    return (rxt_sample){ .count = 12,
                         .median = median,
                         .low = median * (1 - half),
                         .high = median * (1 + half),
                         .min = median * (1 - 2 * half),
                         .q1 = median * (1 - half / 2),
                         .q3 = median * (1 + half / 2),
                         .max = median * (1 + 3 * half) };
}

static inline rxt_sample nothing(void)
{
    return (rxt_sample){
        .median = NAN, .low = NAN, .high = NAN, .min = NAN, .q1 = NAN, .q3 = NAN, .max = NAN
    };
}

/* A row of 10 M elements with a time of 10.6 ms / speedup. */
static inline rxt_row row_of(int ranks, int threads, double speedup)
{
    double seconds = 10.6e-3 / speedup;

    return (rxt_row){ .kernel = "dot",
                      .type = "f64",
                      .scaling = "strong",
                      .team = ranks * threads > 1 ? "forkjoin" : "-",
                      .combine = ranks * threads > 1 ? "mpi" : "-",
                      .sync = "call",
                      .bind = "hybrid",
                      .n = 10000000,
                      .bytes = 160e6,
                      .level = "DRAM",
                      .split = { 1, ranks, threads },
                      .baseline = { 1, 1, 1 },
                      .calls = 3,
                      .rounds = 12,
                      .time = sample(seconds, 0.01),
                      .speedup = sample(speedup, 0.02),
                      .efficiency = speedup / (ranks * threads),
                      .gbytes_per_s = 0.16 / seconds,
                      .gflops_per_s = 0.02 / seconds,
                      .roof = NAN,
                      .result = { 1.0 / 3.0, -1 },
                      .error = 0.25,
                      .verified = true,
                      .placement = "0-1" };
}

static inline void make_wrong(rxt_row *row)
{
    row->verified = false;
    row->error = 17;
    row->result.value = 41;
    row->time = row->speedup = nothing();
    row->efficiency = row->gbytes_per_s = row->gflops_per_s = NAN;
    row->rounds = 0;
}

static inline void take_intervals(rxt_row *row)
{
    row->rounds = 3;
    row->time.low = row->time.high = row->speedup.low = row->speedup.high = NAN;
}

static inline rxt_rows rows_of(rxt_row row[], int count)
{
    return (rxt_rows){ .count = count,
                       .rounds = 12,
                       .row = row,
                       .program = "dotbench",
                       .version = "0.1.0",
                       .host = "Made-up CPU, 4 cores, Open MPI 4.1.4, libgomp 4.5",
                       .command = "./dotbench -n 10M" };
}

/* The answer about all rows, with the given fastest row, which ties with the rows in `tied`. Static
 * storage: only one answer can be in use at a time. */
static inline rxt_answer answer_of(const rxt_rows *rows, int fastest, bool tied[])
{
    static const rxt_row *row[300]; /* overwritten by the next call */
    static rxt_sample speedup[300];

    CU_ASSERT_FATAL(rows->count <= 300);
    for (int i = 0; i < rows->count; i++) {
        row[i] = &rows->row[i];
        speedup[i] = rows->row[i].speedup;
    }
    return (rxt_answer){ .kernel = "dot",
                         .bind = "hybrid",
                         .team = "forkjoin",
                         .combine = "mpi",
                         .n = 10000000,
                         .count = rows->count,
                         .row = row,
                         .fastest = fastest,
                         .tied = tied,
                         .speedup = speedup,
                         .simultaneous = true,
                         .fewest = fastest,
                         .loss = sample(1, 0),
                         .text = "n = 10M   1×4 is fastest." };
}

/* ---- printed text ---- */

typedef struct printed {
    char *text;
    size_t size;
    FILE *file;
} printed;

/* Opens a stream into p->text. The stream keeps the addresses, so p must not be moved. */
static inline void start(printed *p)
{
    *p = (printed){ 0 };
    p->file = open_memstream(&p->text, &p->size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p->file);
}

static inline char *end(printed *p)
{
    CU_ASSERT_FALSE(ferror(p->file));
    fclose(p->file);
    return p->text;
}

static inline char *csv_of(const rxt_rows *rows)
{
    printed p;

    start(&p);
    rxt_record_csv(p.file, rows);
    return end(&p);
}

static inline char *text_of(const rxt_rows *rows, rxt_answer *answer, bool all)
{
    rxt_answers answers = { .count = 1, .answer = answer, .horizon = "Not tried: -p grid." };
    printed p;

    start(&p);
    rxt_report_text(p.file, rows, &answers, all);
    return end(&p);
}

static inline char *table_of(const rxt_rows *rows, const rxt_answer *answer, bool all)
{
    printed p;

    start(&p);
    rxt_report_table(p.file, rows, answer, all);
    return end(&p);
}

static inline char *curve_of(const rxt_answer *answer)
{
    printed p;

    start(&p);
    rxt_report_curve(p.file, answer);
    return end(&p);
}

static inline bool says(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

static inline int times_said(const char *text, const char *words)
{
    int count = 0;

    for (; (text = strstr(text, words)); text += strlen(words))
        count++;
    return count;
}

/* The line of a text that contains `words`, or "". */
static inline const char *line_with(const char *text, const char *words, char line[600])
{
    const char *at = strstr(text, words), *from = at;

    line[0] = '\0';
    if (!at)
        return line;
    while (from > text && from[-1] != '\n')
        from--;
    snprintf(line, 600, "%.*s", (int)strcspn(from, "\n"), from);
    return line;
}

static inline bool has_no_nan(const char *text)
{
    return !strcasestr(text, "nan") && !strcasestr(text, "inf");
}

static inline int widest(const char *text)
{
    int most = 0;

    while (*text) {
        int length = (int)strcspn(text, "\n"), characters = 0;

        for (int i = 0; i < length; i++)
            characters += ((unsigned char)text[i] & 0xc0) != 0x80;
        most = characters > most ? characters : most;
        text += length + (text[length] == '\n');
    }
    return most;
}

#endif
