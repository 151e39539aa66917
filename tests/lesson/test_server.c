/* test_server.c - the server answers every request, also while other clients send requests, and
 * ends with the process that started it. The test has no time limit: if an answer does not come,
 * the test waits until it is killed from outside. */
#include "client.h"
#include "server.h"
#include "suite.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLIENTS = 8, REQUESTS = 40 };
static const double patience = 60, service_time = 1e-3;

static rxt_server started(double service, double patient)
{
    rxt_server server;

    CU_ASSERT_PTR_NULL_FATAL(rxt_server_start(service, patient, NULL, &server));
    CU_ASSERT_FATAL(server.port > 0);
    return server;
}

static int connected(const rxt_server *server)
{
    int client = -1;

    CU_ASSERT_EQUAL_FATAL(rxt_client_open(server->port, patience, &client), 0);
    return client;
}

static void ask(int client, uint64_t number)
{
    uint64_t answer = 0;

    CU_ASSERT_EQUAL(rxt_client_ask(client, number, &answer), 0);
    CU_ASSERT_EQUAL(answer, rxt_server_answer(number));
}

/* ---- requests and answers ---- */

static void numbers_have_answers_of_their_own(void)
{
    for (uint64_t a = 0; a < 100; a++) {
        CU_ASSERT_NOT_EQUAL(rxt_server_answer(a), a);
        for (uint64_t b = 0; b < a; b++)
            CU_ASSERT_NOT_EQUAL(rxt_server_answer(a), rxt_server_answer(b));
    }
}

typedef struct guest {
    const rxt_server *server;
    uint64_t first;
    int right;
} guest;

static void *be_served(void *arg)
{
    guest *g = arg;
    int client;

    if (rxt_client_open(g->server->port, patience, &client))
        return NULL;
    for (uint64_t i = g->first; i < g->first + REQUESTS; i++) {
        uint64_t answer;

        g->right += rxt_client_ask(client, i, &answer) == 0 && answer == rxt_server_answer(i);
    }
    rxt_client_close(client);
    return NULL;
}

static void many_clients_get_the_answers_to_their_own_numbers(void)
{
    const double services[] = { 0, service_time };

    for (int s = 0; s < 2; s++) {
        rxt_server server = started(services[s], patience);
        pthread_t thread[CLIENTS];
        guest guests[CLIENTS];

        for (int c = 0; c < CLIENTS; c++) {
            guests[c] = (guest){ .server = &server, .first = (uint64_t)c << 32 };
            CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[c], NULL, be_served, &guests[c]), 0);
        }
        for (int c = 0; c < CLIENTS; c++) {
            pthread_join(thread[c], NULL);
            CU_ASSERT_EQUAL(guests[c].right, REQUESTS);
        }
        rxt_server_end(&server);
    }
}

/* All clients send their requests before the first request is answered. A server that served them
 * one after the other would need MANY seconds, and the test would be killed from outside. */
static void requests_wait_side_by_side(void)
{
    enum { MANY = 200 };
    const double second = 1;
    rxt_server server = started(second, patience);
    int client[MANY];

    for (int c = 0; c < MANY; c++)
        client[c] = connected(&server);
    for (int c = 0; c < MANY; c++) {
        uint64_t number = (uint64_t)c;

        CU_ASSERT_EQUAL(send(client[c], &number, sizeof number, 0), sizeof number);
    }
    for (int c = MANY - 1; c >= 0; c--) {
        rxt_reply reply = { .number = 0 };

        CU_ASSERT_EQUAL(recv(client[c], &reply, sizeof reply, MSG_WAITALL), sizeof reply);
        CU_ASSERT_EQUAL(reply.number, (uint64_t)c);
        CU_ASSERT_EQUAL(reply.answer, rxt_server_answer((uint64_t)c));
        rxt_client_close(client[c]);
    }
    rxt_server_end(&server);
}

/* ---- what clients must not do ---- */

static void nothing_more_comes(int client)
{
    rxt_reply reply;

    CU_ASSERT(recv(client, &reply, sizeof reply, MSG_WAITALL) <= 0);
    rxt_client_close(client);
}

static void who_does_not_ask_as_agreed_is_left(void)
{
    rxt_server server = started(service_time, patience);
    const uint64_t twice[2] = { 1, 2 };
    int hasty = connected(&server), odd = connected(&server), good = connected(&server);

    CU_ASSERT_EQUAL(send(hasty, twice, sizeof twice, 0), sizeof twice);
    nothing_more_comes(hasty);
    CU_ASSERT_EQUAL(send(odd, twice, 3, 0), 3);
    nothing_more_comes(odd);
    ask(good, 7);
    rxt_client_close(good);
    rxt_server_end(&server);
}

/* The second client's connection may get the descriptor of the first client's, but must not get the
 * answer for the first client. */
static void who_left_is_not_answered_to_another(void)
{
    rxt_server server = started(50 * service_time, patience);
    uint64_t number = 1;
    int hasty = connected(&server), next;

    CU_ASSERT_EQUAL(send(hasty, &number, sizeof number, 0), sizeof number);
    rxt_client_close(hasty);
    next = connected(&server);
    ask(next, 2);
    ask(next, 3);
    rxt_client_close(next);
    rxt_server_end(&server);
}

/* Some clients are refused at once, and those that were accepted are served. */
static void without_descriptors_a_client_is_told(void)
{
    enum { FEW = 16 };
    struct rlimit usual, few;
    int client[FEW], in = 0, error = 0;
    rxt_server server;

    getrlimit(RLIMIT_NOFILE, &usual);
    few = usual;
    few.rlim_cur = FEW;
    setrlimit(RLIMIT_NOFILE, &few);
    server = started(service_time, patience);
    setrlimit(RLIMIT_NOFILE, &usual);
    while (in < FEW && !error) {
        error = rxt_client_open(server.port, patience, &client[in]);
        in += !error;
    }
    CU_ASSERT_EQUAL(error, ECONNRESET);
    CU_ASSERT(in > 0 && in < FEW);
    for (int c = 0; c < in; c++) {
        ask(client[c], (uint64_t)c);
        rxt_client_close(client[c]);
    }
    rxt_server_end(&server);
}

/* ---- the end ---- */

static int ended(pid_t process)
{
    int status = -1;

    CU_ASSERT_EQUAL(waitpid(process, &status, 0), process);
    return status;
}

static void it_ends_when_told(void)
{
    rxt_server server = started(service_time, patience);
    int client = connected(&server);

    close(server.control);
    CU_ASSERT_EQUAL(ended(server.process), 0);
    nothing_more_comes(client);
    CU_ASSERT_EQUAL(rxt_client_open(server.port, patience, &client), ECONNREFUSED);
}

static void it_ends_when_nobody_asks(void)
{
    rxt_server server = started(service_time, 0.02);

    CU_ASSERT_EQUAL(ended(server.process), 0);
    close(server.control);
}

static void an_end_leaves_nothing(void)
{
    rxt_server server = started(service_time, patience);
    int port = server.port, client;

    rxt_server_end(&server);
    CU_ASSERT_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
    CU_ASSERT_EQUAL(errno, ECHILD);
    CU_ASSERT_EQUAL(rxt_client_open(port, patience, &client), ECONNREFUSED);
    rxt_server_end(&server); /* a second end does nothing */
}

/* Starts a server, reports it, and waits to be killed. */
_Noreturn static void drive(int report)
{
    rxt_server server;

    if (rxt_server_start(service_time, patience, NULL, &server))
        _exit(1);
    if (write(report, &server, sizeof server) != sizeof server)
        _exit(1);
    for (;;)
        pause();
}

/* When the driver is gone the server becomes a child of this process (subreaper), so that the test
 * can wait for its end. */
static void it_ends_when_its_driver_is_killed(void)
{
    rxt_server server;
    int ends[2];
    pid_t driver;

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    driver = fork();
    if (driver == 0)
        drive(ends[1]);
    close(ends[1]);
    CU_ASSERT_EQUAL_FATAL(read(ends[0], &server, sizeof server), sizeof server);
    close(ends[0]);
    kill(driver, SIGKILL);
    ended(driver);
    ended(server.process);
    CU_ASSERT_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
}

/* Only the driver may end the server: it must ignore signals that a terminal sends to both. */
static void it_outlives_what_is_meant_for_its_driver(void)
{
    const int sent[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
    rxt_server server = started(service_time, patience);
    int client = connected(&server);

    for (int s = 0; s < 4; s++)
        kill(server.process, sent[s]);
    ask(client, 5);
    rxt_client_close(client);
    rxt_server_end(&server);
}

static void who_asks_a_dead_server_is_told(void)
{
    rxt_server server = started(service_time, patience);
    int client = connected(&server), error;
    uint64_t answer;

    kill(server.process, SIGKILL);
    error = rxt_client_ask(client, 1, &answer);
    CU_ASSERT_EQUAL(error, ECONNRESET);
    rxt_client_close(client);
    rxt_server_end(&server);
}

/* A stopped server does not answer; the client must not wait for ever. */
static void a_client_does_not_wait_for_ever(void)
{
    rxt_server server = started(service_time, patience);
    int client = -1, error = ETIMEDOUT;
    uint64_t answer;

    /* On a loaded machine the server's welcome may take longer than 0.1 s. */
    for (double patient = 0.1; error == ETIMEDOUT && patient < patience; patient *= 4)
        error = rxt_client_open(server.port, patient, &client);
    CU_ASSERT_EQUAL_FATAL(error, 0);
    kill(server.process, SIGSTOP);
    CU_ASSERT_EQUAL(rxt_client_ask(client, 1, &answer), ETIMEDOUT);
    rxt_client_close(client);
    rxt_server_end(&server);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "numbers have answers of their own", numbers_have_answers_of_their_own },
        { "many clients get the answers to their own numbers",
          many_clients_get_the_answers_to_their_own_numbers },
        { "requests wait side by side", requests_wait_side_by_side },
        { "who does not ask as agreed is left", who_does_not_ask_as_agreed_is_left },
        { "who left is not answered to another", who_left_is_not_answered_to_another },
        { "without descriptors a client is told", without_descriptors_a_client_is_told },
        { "it ends when told", it_ends_when_told },
        { "it ends when nobody asks", it_ends_when_nobody_asks },
        { "an end leaves nothing", an_end_leaves_nothing },
        { "it ends when its driver is killed", it_ends_when_its_driver_is_killed },
        { "it outlives what is meant for its driver", it_outlives_what_is_meant_for_its_driver },
        { "who asks a dead server is told", who_asks_a_dead_server_is_told },
        { "a client does not wait for ever", a_client_does_not_wait_for_ever },
        CU_TEST_INFO_NULL,
    };

    return suite_run("server", tests);
}
