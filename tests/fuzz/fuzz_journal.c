/* fuzz_journal.c - fuzzes the reader of journals: with the input as it is, and with a valid
 * checksum before each line (random input would hardly ever have one). Everything that the reader
 * accepts must be in the input. */
#include "files/journal.h"

#include <jansson.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void insist(int holds)
{
    if (!holds)
        abort();
}

/* Visits must be within their ranges, and there must not be more of them than lines. */
static void look_at(const rxt_journal_contents *c, const char *bytes, size_t size)
{
    char text[RXT_JOURNAL_TEXT];
    int lines = 0;

    insist(c->sound <= size && (c->sound == 0 || bytes[c->sound - 1] == '\n'));
    for (size_t i = 0; i < c->sound; i++)
        lines += bytes[i] == '\n';
    insist((c->head != NULL) == (lines > 0) && c->visits + c->jobs <= lines);
    insist(c->visits + c->jobs == lines || c->damaged || c->forced);
    for (int v = 0; v < c->visits; v++) {
        const rxt_journal_visit *visit = &c->visit[v];

        insist(visit->cell >= 0 && visit->round >= -1 && visit->calls >= 0 && visit->workers > 0);
        insist(visit->right || !isnan(visit->error));
        insist(isnan(visit->seconds) || (visit->seconds > 0 && visit->round >= 0));
        for (int w = 0; w < visit->workers; w++)
            insist(visit->seen[w] >= -1);
    }
    if (c->head)
        insist(!rxt_journal_differs(c->head, c->head, text));
}

/* Reads the bytes, then only their sound part: the second result must be the same, without
 * damage. */
static void read_bytes(const char *bytes, size_t size)
{
    rxt_journal_contents all, sound;
    char text[RXT_JOURNAL_TEXT];

    insist(!rxt_journal_read(bytes, size, &all));
    look_at(&all, bytes, size);
    insist(!rxt_journal_read(bytes, all.sound, &sound));
    insist(sound.sound == all.sound && sound.visits == all.visits && sound.jobs == all.jobs);
    if (all.head)
        insist(!rxt_journal_differs(all.head, sound.head, text));
    rxt_journal_free(&sound);
    rxt_journal_free(&all);
}

static void read_summed(const char *bytes, size_t size)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);

    insist(to != NULL);
    for (size_t i = 0, end; i < size; i = end + 1) {
        const char *stop = memchr(bytes + i, '\n', size - i);

        end = stop ? (size_t)(stop - bytes) : size;
        fprintf(to, "%08lx ", crc32(0, (const Bytef *)bytes + i, (uInt)(end - i)));
        fwrite(bytes + i, 1, end - i, to);
        fputc('\n', to);
    }
    fclose(to);
    read_bytes(text, length);
    free(text);
}

/* Reads the bytes as the journal of a study that is resumed. */
static void look(const char *bytes, size_t size)
{
    char path[64];
    int descriptor = memfd_create("fuzz", 0);
    rxt_journal_found found;
    rxt_status st;

    insist(descriptor >= 0 && write(descriptor, bytes, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    st = rxt_journal_look(path, 2, 2, &found);
    insist(st ? st->code == RXT_USAGE && !strchr(st->text, '\n') : found.target != RXT_TARGET_NONE);
    rxt_status_free(st);
    close(descriptor);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    read_bytes((const char *)bytes, size);
    read_summed((const char *)bytes, size);
    look((const char *)bytes, size);
    return 0;
}
