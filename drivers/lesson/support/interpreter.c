/* interpreter.c - a small interpreter: a stack machine whose values are in boxes.
 *
 * It has all that makes an interpreter slow: it fetches and dispatches one instruction after
 * another, each value is in a box with a reference count, and an operator depends on the types in
 * its boxes. As CPython does for floats, it has a free list of boxes for new values. As CPython
 * does, it checks at backward jumps whether another thread requests the lock. Each thread has its
 * own boxes: a reference count that threads share would need atomic operations, and the threads
 * would wait for each other. */
#include "interpreter.h"

#include <math.h>

typedef enum op { LOAD, STORE, ITEM, MULTIPLY, ADD, LESS, UNLESS, BACK, RESULT } op;

typedef struct instruction {
    op op;
    int argument; /* LOAD, STORE: the variable; UNLESS, BACK: index of the next instruction */
} instruction;

typedef enum kind { NUMBER, INTEGER, LIST } kind;

typedef struct box {
    long references;
    kind kind;
    union {
        double number;
        ptrdiff_t integer;
        const double *list;
        struct box *next; /* next free box, if this one is free */
    };
} box;

enum { SUM, INDEX, COUNT, X, Y, ONE, VARIABLES };

enum {
    DEPTH = 4,                    /* the deepest stack holds sum, x[i], y, i */
    BOXES = VARIABLES + DEPTH + 1 /* one more for an operator's result */
};

typedef struct frame {
    box *variable[VARIABLES];
    box *stack[DEPTH];
    int top;
    box *spare;
    box room[BOXES];
} frame;

/* ---- boxes ---- */

static box *fresh(frame *f, kind what)
{
    box *b = f->spare;

    f->spare = b->next;
    b->references = 1;
    b->kind = what;
    return b;
}

static void leave(frame *f, box *b)
{
    if (--b->references > 0)
        return;
    b->next = f->spare;
    f->spare = b;
}

static box *number(frame *f, double value)
{
    box *b = fresh(f, NUMBER);

    b->number = value;
    return b;
}

static box *integer(frame *f, ptrdiff_t value)
{
    box *b = fresh(f, INTEGER);

    b->integer = value;
    return b;
}

static box *list(frame *f, const double *value)
{
    box *b = fresh(f, LIST);

    b->list = value;
    return b;
}

/* ---- operators ---- */

static double number_in(const box *b)
{
    return b->kind == NUMBER ? b->number : b->kind == INTEGER ? (double)b->integer : (double)NAN;
}

static bool whole(const box *a, const box *b)
{
    return a->kind == INTEGER && b->kind == INTEGER;
}

static box *item(frame *f, const box *a, const box *b)
{
    return number(f, a->kind == LIST && b->kind == INTEGER ? a->list[b->integer] : (double)NAN);
}

static box *multiply(frame *f, const box *a, const box *b)
{
    return whole(a, b) ? integer(f, a->integer * b->integer)
                       : number(f, number_in(a) * number_in(b));
}

static box *add(frame *f, const box *a, const box *b)
{
    return whole(a, b) ? integer(f, a->integer + b->integer)
                       : number(f, number_in(a) + number_in(b));
}

static box *less(frame *f, const box *a, const box *b)
{
    return integer(f, whole(a, b) ? a->integer < b->integer : number_in(a) < number_in(b));
}

/* ---- instructions ---- */

static void load(frame *f, int variable)
{
    box *b = f->variable[variable];

    b->references++;
    f->stack[f->top++] = b;
}

static void store(frame *f, int variable)
{
    leave(f, f->variable[variable]);
    f->variable[variable] = f->stack[--f->top];
}

static void operate(frame *f, box *(*act)(frame *, const box *, const box *))
{
    box *right = f->stack[--f->top], *left = f->stack[--f->top];

    f->stack[f->top++] = act(f, left, right);
    leave(f, left);
    leave(f, right);
}

static bool pop_truth(frame *f)
{
    box *b = f->stack[--f->top];
    bool truth = b->integer != 0;

    leave(f, b);
    return truth;
}

static void look(rxt_lock *lock)
{
    if (lock && rxt_lock_asked(lock))
        rxt_lock_pass(lock);
}

static double run(frame *f, const instruction *program, rxt_lock *lock)
{
    for (const instruction *at = program;;) {
        instruction now = *at++;

        switch (now.op) {
        case LOAD:
            load(f, now.argument);
            break;
        case STORE:
            store(f, now.argument);
            break;
        case ITEM:
            operate(f, item);
            break;
        case MULTIPLY:
            operate(f, multiply);
            break;
        case ADD:
            operate(f, add);
            break;
        case LESS:
            operate(f, less);
            break;
        case UNLESS:
            at = pop_truth(f) ? at : program + now.argument;
            break;
        case BACK:
            look(lock);
            at = program + now.argument;
            break;
        case RESULT:
            return number_in(f->stack[--f->top]);
        }
    }
}

/* ---- the program ---- */

static const instruction dot[] = {
    /* 0: while i < n */
    { LOAD, INDEX },
    { LOAD, COUNT },
    { LESS, 0 },
    { UNLESS, 19 },
    /* 4: sum = sum + x[i] * y[i] */
    { LOAD, SUM },
    { LOAD, X },
    { LOAD, INDEX },
    { ITEM, 0 },
    { LOAD, Y },
    { LOAD, INDEX },
    { ITEM, 0 },
    { MULTIPLY, 0 },
    { ADD, 0 },
    { STORE, SUM },
    /* 14: i = i + 1 */
    { LOAD, INDEX },
    { LOAD, ONE },
    { ADD, 0 },
    { STORE, INDEX },
    { BACK, 0 },
    /* 19: the end */
    { LOAD, SUM },
    { RESULT, 0 },
};

double rxt_interpreter_dot(ptrdiff_t n, const double *x, const double *y, rxt_lock *lock)
{
    frame f = { .spare = f.room };

    for (int b = 0; b + 1 < BOXES; b++)
        f.room[b].next = &f.room[b + 1];
    f.variable[SUM] = number(&f, 0.0);
    f.variable[INDEX] = integer(&f, 0);
    f.variable[COUNT] = integer(&f, n);
    f.variable[X] = list(&f, x);
    f.variable[Y] = list(&f, y);
    f.variable[ONE] = integer(&f, 1);
    return run(&f, dot, lock);
}
