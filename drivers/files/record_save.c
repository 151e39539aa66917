/* record_save.c - saves a study in its file. */
#include "files/record.h"

#include "base/atomic_file.h"

bool rxt_record_tells(const char *path)
{
    return rxt_atomic_file_ends(path, ".json");
}

rxt_status rxt_record_check(const char *path)
{
    if (!rxt_record_tells(path) && !rxt_atomic_file_ends(path, ".csv"))
        return rxt_status_of(
            RXT_USAGE,
            "--output=%.200s: only .json and .csv can be written; end the file name in one of them",
            path);
    return rxt_atomic_file_check("--output", path);
}

static rxt_status write_json(FILE *file, void *record)
{
    return rxt_record_json(file, record);
}

static rxt_status write_csv(FILE *file, void *record)
{
    rxt_record_csv(file, ((const rxt_record *)record)->rows);
    return RXT_OK;
}

rxt_status rxt_record_save(const char *path, const rxt_record *record)
{
    return rxt_atomic_file_save("--output", path, rxt_record_tells(path) ? write_json : write_csv,
                                (void *)record);
}
