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
      .question = "How many times as long as a thread does a process take to be created, run and "
                  "joined: twice, ten times, a hundred times?",
      .experiment = "One worker at a time is created, does nothing, and is joined: a thread by "
                    "pthread_create, a copy of the process by fork, an empty program by "
                    "posix_spawn.",
      .command = "spawnbench -k thread,region_cold,region_hot,fork,spawn --count=1 --heap=0,64M",
      .refuted = "fork or spawn taking no longer than a thread",
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
      .experiment = "Both are created in a process with no other memory, and in one "
                    "with 64 MB of touched heap, whose page tables fork must copy.",
      .command = "spawnbench -k thread,fork --count=1 --heap=0,64M",
      .refuted = "fork as fast as without the heap, or a thread slower with it",
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
      .question = "An array is handed to another worker, which adds it up. How many times as long "
                  "as by pointer does it take encoded and sent through a pipe: for a thousand "
                  "numbers, for a million?",
      .experiment = "A thread is given a pointer. A process is given the same numbers as "
                    "MessagePack through a pipe, and decodes them; both check what they got.",
      .command = "mpirun -np 2 sharebench -n 1k,1M",
      .refuted = "serialised numbers arriving as soon as a pointer does",
      .curve = RXT_TOUR_SIZES, .file = RXT_TOUR_SHARE,
      .shown = { AT("pointer", 1, 2), AT("pipe", 2, 1), AT("serialised", 2, 1), AT("file", 2, 1) },
      .claim = {
        { .name = "serialised/pointer", .before = "serialised, numbers take",
          .after = "as long as by pointer",
          .pair = PAIR(RXT_TOUR_SHARE, AT("serialised", 2, 1), AT("pointer", 1, 2)),
          .size = RXT_TOUR_SMALLEST, .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "serialised/pointer", .before = "serialised, numbers take",
          .after = "as long as by pointer",
          .pair = PAIR(RXT_TOUR_SHARE, AT("serialised", 2, 1), AT("pointer", 1, 2)),
          .size = RXT_TOUR_LARGEST, .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true } } },

    { .sentence = "Processes can share memory too, if they ask for it.",
      .question = "Two processes on one machine share a window of memory. How many times as long "
                  "does the same array take as a message, and encoded?",
      .experiment = "One process leaves the numbers in a window of shared memory, where the other "
                    "reads them; or it sends them as a message, or encoded through a pipe.",
      .command = "mpirun -np 2 sharebench -n 1k,1M",
      .refuted = "a message or serialised numbers being as fast as the window",
      .curve = RXT_TOUR_SIZES, .file = RXT_TOUR_SHARE,
      .shown = { AT("pointer", 1, 2), AT("window", 2, 1), AT("message", 2, 1),
                 AT("serialised", 2, 1) },
      .claim = {
        { .name = "message/window", .before = "a message takes",
          .after = "as long as the window",
          .pair = PAIR(RXT_TOUR_SHARE, AT("message", 2, 1), AT("window", 2, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "serialised/window", .before = "serialised, numbers take",
          .after = "as long as the window",
          .pair = PAIR(RXT_TOUR_SHARE, AT("serialised", 2, 1), AT("window", 2, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "window/pointer", .before = "the window takes",
          .after = "as long as a pointer between threads",
          .pair = PAIR(RXT_TOUR_SHARE, AT("window", 2, 1), AT("pointer", 1, 2)) } } },

    { .sentence = "One core gives CPU-bound work no speedup.",
      .question = "Two workers share one core and split the same work. How many times as fast as "
                  "one worker are two threads, and two processes?",
      .experiment = "Steps of pure computing, without any lock, by one worker, two threads and two "
                    "processes, all bound to one core.",
      .command = "mpirun -np 2 lockbench -k interpreted_nolock -n 500k --cores=1 -p 1x2,2x1",
      .refuted = "two workers on one core being faster than one",
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
      .question = "Requests that a server takes a moment to answer: how many times as fast are "
                  "they done by sixteen threads on one core, and by four processes?",
      .experiment = "Requests to a small server on this machine, which answers each after a fixed "
                    "time; all workers share one core, and do nothing but wait.",
      .command = "mpirun -np 4 iobench -k request -n 16 --cores=1 -p 1x4,1x16,4x1",
      .refuted = "a speedup of waiting workers below half of their number",
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
      .refuted = "the smallest gaining, or the largest losing",
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

    { .sentence = "An interpreter's lock undoes threads.",
      .question = "Every step of a program needs its interpreter's lock. How many times as fast "
                  "are two threads on two cores? And without the lock?",
      .experiment = "Steps of pure computing, each under the one lock of the process, which is "
                    "handed over on request every 5 ms, as CPython does; then without the lock.",
      .command = "mpirun -np 2 lockbench -n 500k -p 1x1,1x2,2x1",
      .refuted = "two threads gaining under the lock, or not gaining without it",
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

    { .sentence = "It does not undo processes: each has a lock of its own.",
      .question = "The same steps under a lock, in two processes on two cores. How many times as "
                  "fast are they?",
      .experiment = "The steps of the sentence before, split over two processes, each with an "
                    "interpreter and a lock of its own.",
      .command = "mpirun -np 2 lockbench -n 500k -p 1x1,1x2,2x1",
      .refuted = "two processes gaining less than half of what the second could add",
      .curve = RXT_TOUR_WORKERS, .file = RXT_TOUR_LOCK,
      .shown = { ALL("interpreted") },
      .claim = {
        { .name = "2 processes", .before = "under locks, two processes are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_LOCK, AT("interpreted", 1, 1), AT("interpreted", 2, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.5, .cpython = true } } },

    { .sentence = "Native code that releases the lock escapes it.",
      .question = "A dot product in C, called under the interpreter's lock by two threads: how "
                  "many times as fast when it releases the lock, and when it holds it?",
      .experiment = "A dot product in C. It releases the lock while it computes, as NumPy's does, "
                    "or holds it.",
      .command = "mpirun -np 2 lockbench -n 500k -p 1x1,1x2,2x1",
      .refuted = "no gain with the lock released, or one with the lock held",
      .curve = RXT_TOUR_WORKERS, .file = RXT_TOUR_LOCK,
      .shown = { ALL("native_released"), ALL("native_held") },
      .claim = {
        { .name = "released", .before = "released, two threads are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_LOCK, AT("native_released", 1, 1), AT("native_released", 1, 2)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "held", .before = "held, two threads are", .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_LOCK, AT("native_held", 1, 1), AT("native_held", 1, 2)),
          .need = RXT_TOUR_LESS, .bound = 1.1, .cpython = true } } },

    { .sentence = "Threads suit waiting, processes suit computing.",
      .question = "Under an interpreter's lock: how many times as fast as two "
                  "computing threads are two computing processes? How many times as long as "
                  "four waiting processes do four waiting threads take?",
      .experiment = "What was measured before, put side by side: computing under the lock, waiting "
                    "for a server, and what either worker costs to create.",
      .command = "mpirun -np 4 iobench -k request,read,mixed -n 16 -p 1x4,1x16,4x1",
      .refuted = "processes computing no faster than threads, threads waiting longer than "
                 "processes, or threads costing as much as processes",
      .curve = RXT_TOUR_RATIOS,
      .claim = {
        { .name = "computing", .before = "computing, two processes are",
          .after = "as fast as two threads",
          .pair = PAIR(RXT_TOUR_LOCK, AT("interpreted", 1, 2), AT("interpreted", 2, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true },
        { .name = "waiting", .before = "waiting, four threads take",
          .after = "as long as four processes",
          .pair = PAIR(RXT_TOUR_WAIT, AT("request", 1, 4), AT("request", 4, 1)),
          .need = RXT_TOUR_LESS, .bound = 1.1, .cpython = true },
        { .name = "creating", .before = "creating one, fork takes", .after = "as long as a thread",
          .pair = PAIR(RXT_TOUR_SPAWN, AT("fork", 1, 1), AT("thread", 1, 1)),
          .need = RXT_TOUR_MORE, .bound = 1.1, .cpython = true } } },

    { .sentence = "Hardware threads of one core are not cores.",
      .question = "Two threads on two cores, and two threads on the two hardware threads of one "
                  "core: how many times as much do the cores gain?",
      .experiment = "The same dot product by two threads, once on two cores, once on one core "
                    "that runs two threads at a time.",
      .command = "dotbench --smt --cores=1 -p 1x2",
      .refuted = "the second hardware thread gaining as much as a second core",
      .curve = RXT_TOUR_RATIOS,
      .claim = {
        { .name = "cores/hardware threads", .before = "two cores gain",
          .after = "what two hardware threads of one do",
          .pair = PAIR(RXT_TOUR_SMALL, AT("dot", 1, 1), AT("dot", 1, 2)),
          .against = &smt_gain, .need = RXT_TOUR_MORE, .bound = 1.1 },
        { .name = "2 cores", .before = "two cores are", .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_SMALL, AT("dot", 1, 1), AT("dot", 1, 2)) },
        { .name = "2 hardware threads", .before = "two hardware threads are",
          .after = "as fast as one",
          .pair = PAIR(RXT_TOUR_SMT, AT("dot", 1, 1), AT("dot", 1, 2)) } } },
};
/* clang-format on */
