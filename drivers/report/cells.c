/* cells.c - formats the cells of text tables. */
#include "report/cells.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/report.h"

char *rxt_cell_time(double seconds, char cell[RXT_CELL])
{
    static const struct {
        const char *name;
        double seconds;
    } units[] = { { "ns", 1e-9 }, { "µs", 1e-6 }, { "ms", 1e-3 }, { "s", 1 } };
    int u = 0;
    double value;

    while (u < 3 && seconds / units[u].seconds >= 999.95)
        u++;
    value = seconds / units[u].seconds;
    snprintf(cell, RXT_CELL, value < 999.95 ? "%#.4g %s" : "%.0f %s", value, units[u].name);
    return cell;
}

char *rxt_cell_ratio(double ratio, char cell[RXT_CELL])
{
    int decimals = ratio < 0.0995 ? 3 : ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0;

    snprintf(cell, RXT_CELL, "%.*f", decimals, ratio);
    return cell;
}

char *rxt_cell_interval(const rxt_sample *ratio, char cell[RXT_CELL])
{
    char median[RXT_CELL], low[RXT_CELL], high[RXT_CELL];

    rxt_cell_ratio(ratio->median, median);
    if (isfinite(ratio->low) && isfinite(ratio->high))
        snprintf(cell, RXT_CELL, "%.15s [%.15s %.15s]", median, rxt_cell_ratio(ratio->low, low),
                 rxt_cell_ratio(ratio->high, high));
    else
        strcpy(cell, median);
    return cell;
}

char *rxt_cell_precision(const rxt_sample *time, char cell[RXT_CELL])
{
    double percent = 100 * (time->high - time->low) / 2 / time->median;

    if (!isfinite(percent))
        strcpy(cell, "");
    else if (percent < 999.5)
        snprintf(cell, RXT_CELL, "%.*f", percent < 9.95 ? 1 : 0, percent);
    else
        strcpy(cell, ">999");
    return cell;
}

int rxt_cell_put(FILE *file, const char *text, int width)
{
    int length = rxt_text_characters(text), gap = (width < 0 ? -width : width) - length;

    fprintf(file, "%*s%s%*s", width > 0 && gap > 0 ? gap : 0, "", text,
            width < 0 && gap > 0 ? gap : 0, "");
    return length + (gap > 0 ? gap : 0);
}
