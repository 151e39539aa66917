/* rxt.c - works on the files of measured studies (plot, tour); needs no MPI.
 *
 *     ./rxt plot dot.json -o dot.svg
 *     ./rxt tour folder -o tour.html */
#include "app/verb.h"

static const rxt_verb_program program = {
    .name = "rxt",
    .purpose = "draws a measured study, or makes a page of several studies",
    .verb = rxt_verb_table,
};

int main(int argc, char **argv)
{
    return rxt_verbs(&program, argc, argv);
}
