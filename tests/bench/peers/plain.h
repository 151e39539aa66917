/* plain.h - loops as users write them: OpenMP's pragmas, STREAM's loops, libm. */
#ifndef PEERS_PLAIN_H
#define PEERS_PLAIN_H

#include <stddef.h>

/* r = f(x, y), and out = f(x, y), over n elements by `threads` threads; one thread opens no
 * parallel region. If the loop has one operand, y is x. */
typedef double peers_reduce(const double *x, const double *y, ptrdiff_t n, int threads);
typedef void peers_map(double *out, const double *x, const double *y, ptrdiff_t n, int threads);

/* The loops of plain.c, compiled with one set of flags. */
typedef struct peers_plain {
    peers_reduce *dot, *sum, *asum, *max, *iamax;
    peers_map *copy, *scale, *add, *triad, *exp, *sqrt;
    peers_map *memcpy;           /* one memcpy per thread */
    void (*region)(int threads); /* an empty parallel region */
} peers_plain;

extern const peers_plain peers_plain_o3;     /* gcc -O3 -fopenmp */
extern const peers_plain peers_plain_native; /* gcc -O3 -fopenmp -march=native */

static const double peers_scalar = 3.0; /* as in STREAM */

#endif
