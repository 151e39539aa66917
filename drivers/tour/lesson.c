/* lesson.c - the sentences of the lesson, and the bounds that their claims need.
 *
 * The bounds were chosen before anything was measured. The bound 1.1 separates a gain or a cost
 * from no change, and 1.25 separates growth from no growth. Three bounds separate a large gain from
 * a small one: 1.5 for two workers (half of what the second worker can add), and 8 for 16 workers
 * and 2 for 4 workers (half of the number of workers). The bound 1 is used for the smallest and the
 * largest size of a dot product. */
#include "tour/tour.h"

/* clang-format off */
#define AT(name, r, t) { .kernel = (name), .ranks = (r), .threads = (t) }
#define PAIR(study, a, b) { .file = (study), .over = a, .under = b }
#define ALL(name) { .kernel = (name) }

static const rxt_tour_pair smt_gain =
    PAIR(RXT_TOUR_SMT, AT("dot", 1, 1), AT("dot", 1, 2));

const rxt_tour_sentence rxt_tour_lesson[RXT_TOUR_SENTENCES] = {
    { .sentence = "A process costs more to create than a thread.",
      .question = "By what factor does a process take longer than a thread to be created, run and "
                  "joined: 2, 10, 100?",
      .experiment = "One worker at a time is created, does nothing, and is joined: a thread by "
                    "pthread_create, a copy of the process by fork, an empty program by "
                    "posix_spawn.",
      .command = "spawnbench -k thread,region_cold,region_hot,fork,spawn --count=1 --heap=0,64M",
      .refuted = "fork or spawn takes no longer than a thread",
      .curve = RXT_TOUR_TIMES, .file = RXT_TOUR_SPAWN,
      .shown = { ALL("region_hot"), ALL("region_cold"), ALL("thread"), ALL("fork"), ALL("spawn") },
      .claim = {
        { .name = "fork/thread", .before = "fork takes", .after = "as long as a thread",
          .pair = PAIR(RXT_TOUR_SPAWN, AT("fork", 1, 1), AT("thread", 1, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "spawn/thread", .before = "spawn takes", .after = "as long as a thread",
          .pair = PAIR(RXT_TOUR_SPAWN, AT("spawn", 1, 1), AT("thread", 1, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true } } },

    { .sentence = "fork takes longer the more memory is mapped; a thread does not.",
      .question = "The process holds 64 MB that it has touched. By what factor does that lengthen "
                  "fork, and by what factor the creation of a thread?",
      .experiment = "A thread, and a copy by fork, are created in a process without other memory, "
                    "and in a process with 64 MB of touched heap, whose page tables fork must "
                    "copy.",
      .command = "spawnbench -k thread,fork --count=1 --heap=0,64M",
      .refuted = "fork takes no longer with the heap than without it, or a thread takes longer "
                 "with the heap",
      .curve = RXT_TOUR_TIMES, .file = RXT_TOUR_SPAWN,
      .shown = { ALL("thread"), ALL("thread@"), ALL("fork"), ALL("fork@"),
                 ALL("spawn"), ALL("spawn@") },
      .claim = {
        { .name = "fork with heap/without", .before = "with the heap, fork takes",
          .after = "as long as without",
          .pair = PAIR(RXT_TOUR_SPAWN, AT("fork@", 1, 1), AT("fork", 1, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.25, .cpython = true },
        { .name = "thread with heap/without", .before = "with the heap, a thread takes",
          .after = "as long as without",
          .pair = PAIR(RXT_TOUR_SPAWN, AT("thread@", 1, 1), AT("thread", 1, 1)),
          .need = RXT_TOUR_LESS, .bound = 1.25, .cpython = true } } },

    { .sentence = "Threads share memory; processes must serialise.",
      .question = "An array is handed to another worker, which adds up its numbers. By what factor "
                  "does this take longer encoded and through a pipe than by pointer: for a "
                  "thousand numbers, for a million?",
      .experiment = "A thread is given a pointer. A process is given the same numbers as "
                    "MessagePack through a pipe, and decodes them; both check what they got.",
      .command = "mpirun -np 2 sharebench -n 1k,1M",
      .refuted = "serialised numbers arrive as soon as a pointer does",
      .curve = RXT_TOUR_SIZES, .file = RXT_TOUR_SHARE,
      .shown = { AT("pointer", 1, 2), AT("pipe", 2, 1), AT("serialised", 2, 1), AT("file", 2, 1) },
      .claim = {
        { .name = "serialised/pointer", .before = "serialised numbers take",
          .after = "as long as a pointer",
          .pair = PAIR(RXT_TOUR_SHARE, AT("serialised", 2, 1), AT("pointer", 1, 2)),
          .size = RXT_TOUR_SMALLEST, .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "serialised/pointer", .before = "serialised numbers take",
          .after = "as long as a pointer",
          .pair = PAIR(RXT_TOUR_SHARE, AT("serialised", 2, 1), AT("pointer", 1, 2)),
          .size = RXT_TOUR_LARGEST, .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true } } },

    { .sentence = "Processes can share memory too, if they ask for it.",
      .question = "Two processes on one machine share a window of memory. By what factor does the "
                  "same array take longer as a message, and encoded?",
      .experiment = "One process leaves the numbers in a window of shared memory, where the other "
                    "reads them; or it sends them as a message, or encoded through a pipe.",
      .command = "mpirun -np 2 sharebench -n 1k,1M",
      .refuted = "a message or serialised numbers are as fast as the window",
      .curve = RXT_TOUR_SIZES, .file = RXT_TOUR_SHARE,
      .shown = { AT("pointer", 1, 2), AT("window", 2, 1), AT("message", 2, 1),
                 AT("serialised", 2, 1) },
      .claim = {
        { .name = "message/window", .before = "a message takes",
          .after = "as long as the window",
          .pair = PAIR(RXT_TOUR_SHARE, AT("message", 2, 1), AT("window", 2, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "serialised/window", .before = "serialised numbers take",
          .after = "as long as the window",
          .pair = PAIR(RXT_TOUR_SHARE, AT("serialised", 2, 1), AT("window", 2, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "window/pointer", .before = "the window takes",
          .after = "as long as a pointer between threads",
          .pair = PAIR(RXT_TOUR_SHARE, AT("window", 2, 1), AT("pointer", 1, 2)) } } },

    { .sentence = "One core gives CPU-bound work no speedup.",
      .question = "Two workers share one core and split the same work. What is the speedup of two "
                  "threads over one worker, and of two processes?",
      .experiment = "Steps of pure computing, without any lock, by one worker, two threads and two "
                    "processes, all bound to one core.",
      .command = "mpirun -np 2 lockbench -k interpreted_nolock -n 500k --cores=1 -p 1x2,2x1",
      .refuted = "two workers on one core are faster than one",
      .curve = RXT_TOUR_WORKERS, .file = RXT_TOUR_ONE_CORE_COMPUTE,
      .shown = { ALL("interpreted_nolock") },
      .claim = {
        { .name = "2 threads", .before = "two threads are", .after = "as fast as one worker",
          .pair = PAIR(RXT_TOUR_ONE_CORE_COMPUTE, AT("interpreted_nolock", 1, 1),
                       AT("interpreted_nolock", 1, 2)),
          .need = RXT_TOUR_LESS, .bound = 1.1 },
        { .name = "2 processes", .before = "two processes are", .after = "as fast as one worker",
          .pair = PAIR(RXT_TOUR_ONE_CORE_COMPUTE, AT("interpreted_nolock", 1, 1),
                       AT("interpreted_nolock", 2, 1)),
          .need = RXT_TOUR_LESS, .bound = 1.1 } } },

    { .sentence = "Waiting overlaps, even on one core.",
      .question = "A server answers each request after a short time. What is the speedup of "
                  "sixteen threads on one core over one worker, and of four processes?",
      .experiment = "Requests to a small server on this machine, which answers each after a fixed "
                    "time; all workers share one core, and do nothing but wait.",
      .command = "mpirun -np 4 iobench -k request -n 16 --cores=1 -p 1x4,1x16,4x1",
      .refuted = "the speedup of waiting workers is below half of their number",
      .curve = RXT_TOUR_WORKERS, .file = RXT_TOUR_ONE_CORE_WAIT,
      .shown = { ALL("request") },
      .claim = {
        { .name = "16 threads", .before = "16 threads are", .after = "as fast as one worker",
          .pair = PAIR(RXT_TOUR_ONE_CORE_WAIT, AT("request", 1, 1), AT("request", 1, 16)),
          .need = RXT_TOUR_MORE, .bound = 8 },
        { .name = "4 processes", .before = "4 processes are", .after = "as fast as one worker",
          .pair = PAIR(RXT_TOUR_ONE_CORE_WAIT, AT("request", 1, 1), AT("request", 4, 1)),
          .need = RXT_TOUR_MORE, .bound = 2 } } },

    { .sentence = "Small work loses by being split, large work gains.",
      .question = "A dot product over two workers: does it gain with a thousand numbers, and with "
                  "ten million? From what length on?",
      .experiment = "The same dot product by one worker, by two threads and by two processes on "
                    "two cores, for lengths from a thousand to ten million.",
      .command = "mpirun -np 2 dotbench -n 1k:10M:x10 -p 1x2,2x1",
      .refuted = "the smallest dot product gains, or the largest loses",
      .curve = RXT_TOUR_GAINS, .file = RXT_TOUR_SMALL,
      .shown = { AT("dot", 1, 2), AT("dot", 2, 1) },
      .claim = {
        { .name = "2 threads", .before = "two threads are", .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_SMALL, AT("dot", 1, 1), AT("dot", 1, 2)),
          .size = RXT_TOUR_SMALLEST, .need = RXT_TOUR_LESS, .bound = 1 },
        { .name = "2 processes", .before = "two processes are", .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_SMALL, AT("dot", 1, 1), AT("dot", 2, 1)),
          .size = RXT_TOUR_SMALLEST, .need = RXT_TOUR_LESS, .bound = 1 },
        { .name = "2 threads", .before = "two threads are", .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_SMALL, AT("dot", 1, 1), AT("dot", 1, 2)),
          .size = RXT_TOUR_LARGEST, .need = RXT_TOUR_MORE, .bound = 1 },
        { .name = "2 processes", .before = "two processes are", .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_SMALL, AT("dot", 1, 1), AT("dot", 2, 1)),
          .size = RXT_TOUR_LARGEST, .need = RXT_TOUR_MORE, .bound = 1 } } },

    { .sentence = "An interpreter's lock removes the gain of threads.",
      .question = "Every step of a program needs its interpreter's lock. What is the speedup of "
                  "two threads on two cores? And without the lock?",
      .experiment = "Steps of pure computing. Each step needs the one lock of the process; a "
                    "thread that has waited for 5 ms requests the lock, as in CPython. Then the "
                    "same steps without the lock.",
      .command = "mpirun -np 2 lockbench -n 500k -p 1x1,1x2,2x1",
      .refuted = "two threads gain under the lock, or do not gain without it",
      .curve = RXT_TOUR_WORKERS, .file = RXT_TOUR_LOCK,
      .shown = { ALL("interpreted"), ALL("interpreted_nolock") },
      .claim = {
        { .name = "2 threads", .before = "under the lock, two threads are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_LOCK, AT("interpreted", 1, 1), AT("interpreted", 1, 2)),
          .need = RXT_TOUR_LESS, .bound = 1.1, .cpython = true },
        { .name = "without the lock", .before = "without the lock, two threads are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_LOCK, AT("interpreted_nolock", 1, 1),
                       AT("interpreted_nolock", 1, 2)),
          .need = RXT_TOUR_MORE, .bound = 1.5, .cpython = true } } },

    { .sentence = "The gain of processes stays: each process has its own lock.",
      .question = "The same steps under a lock, in two processes on two cores. What is the "
                  "speedup?",
      .experiment = "The steps of the previous sentence, split over two processes. Each process "
                    "has an interpreter and a lock of its own.",
      .command = "mpirun -np 2 lockbench -n 500k -p 1x1,1x2,2x1",
      .refuted = "two processes gain less than half of what the second could add",
      .curve = RXT_TOUR_WORKERS, .file = RXT_TOUR_LOCK,
      .shown = { ALL("interpreted") },
      .claim = {
        { .name = "2 processes", .before = "two processes, each with its own lock, are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_LOCK, AT("interpreted", 1, 1), AT("interpreted", 2, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.5, .cpython = true } } },

    { .sentence = "Native code gains from threads if it releases the lock.",
      .question = "Two threads call a dot product in C under the interpreter's lock. What is the "
                  "speedup when the dot product releases the lock, and when it holds the lock?",
      .experiment = "A dot product in C. It releases the lock while it computes, as NumPy's does, "
                    "or holds it.",
      .command = "mpirun -np 2 lockbench -n 500k -p 1x1,1x2,2x1",
      .refuted = "two threads do not gain with the lock released, or gain with the lock held",
      .curve = RXT_TOUR_WORKERS, .file = RXT_TOUR_LOCK,
      .shown = { ALL("native_released"), ALL("native_held") },
      .claim = {
        { .name = "released", .before = "with the lock released, two threads are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_LOCK, AT("native_released", 1, 1), AT("native_released", 1, 2)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "held", .before = "with the lock held, two threads are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_LOCK, AT("native_held", 1, 1), AT("native_held", 1, 2)),
          .need = RXT_TOUR_LESS, .bound = 1.1, .cpython = true } } },

    { .sentence = "Threads suit waiting, processes suit computing.",
      .question = "Under an interpreter's lock: by what factor are two computing processes faster "
                  "than two computing threads? By what factor do four waiting threads take longer "
                  "than four waiting processes?",
      .experiment = "Threads and processes are compared in three experiments: computing under the "
                    "lock, waiting for a server, and being created.",
      .command = "mpirun -np 4 iobench -k request,read,mixed -n 16 -p 1x4,1x16,4x1",
      .refuted = "processes compute no faster than threads, threads wait longer than processes, or "
                 "a thread costs as much to create as a process",
      .curve = RXT_TOUR_RATIOS,
      .claim = {
        { .name = "computing", .before = "two computing processes are",
          .after = "as fast as two computing threads",
          .pair = PAIR(RXT_TOUR_LOCK, AT("interpreted", 1, 2), AT("interpreted", 2, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "waiting", .before = "four waiting threads take",
          .after = "as long as four waiting processes",
          .pair = PAIR(RXT_TOUR_WAIT, AT("request", 1, 4), AT("request", 4, 1)),
          .need = RXT_TOUR_LESS, .bound = 1.1, .cpython = true },
        { .name = "creating", .before = "to create a worker, fork takes",
          .after = "as long as a thread",
          .pair = PAIR(RXT_TOUR_SPAWN, AT("fork", 1, 1), AT("thread", 1, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true } } },

    { .sentence = "Hardware threads of one core are not cores.",
      .question = "Two threads run on two cores, or on the two hardware threads of one core. By "
                  "what factor is the speedup on two cores larger?",
      .experiment = "The same dot product by two threads, once on two cores, once on one core "
                    "that runs two threads at a time.",
      .command = "dotbench --smt --cores=1 -p 1x2",
      .refuted = "the second hardware thread gains as much as a second core",
      .curve = RXT_TOUR_RATIOS,
      .claim = {
        { .name = "cores/hardware threads", .before = "the speedup on two cores is",
          .after = "the speedup on two hardware threads of one core",
          .pair = PAIR(RXT_TOUR_SMALL, AT("dot", 1, 1), AT("dot", 1, 2)),
          .against = &smt_gain, .need = RXT_TOUR_MORE, .bound = 1.1 },
        { .name = "2 cores", .before = "two cores are", .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_SMALL, AT("dot", 1, 1), AT("dot", 1, 2)) },
        { .name = "2 hardware threads", .before = "two hardware threads are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_SMT, AT("dot", 1, 1), AT("dot", 1, 2)) } } },
};
/* clang-format on */
