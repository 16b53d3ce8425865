#include <CUnit/CUnit.h>
#include <stdlib.h>

#include "sample.h"

void suite_identify(void);

/* Partitions of six events written as strings: "aabbcc" puts the first two into one incident.
 * Incidents stand in order of their first events, as reconcile() gives them. */
#define EVENTS 6
struct world {
    struct arena arena;
    struct event_row events[EVENTS];
    struct incident incidents[EVENTS];
    size_t n;
    struct former_member former[2 * EVENTS];
    size_t n_former;
    struct id_change *changes;
    size_t n_changes;
};

static void world_start(struct world *world)
{
    *world = (struct world){0};
    arena_init(&world->arena, 1 << 20);
    for (int i = 0; i < EVENTS; i++)
        world->events[i] = event_of(i + 1, 19, 8);
}

/* Gives ids to a partition; what was identified before is the former. '.' leaves an event out. */
static void identify(struct world *world, const char *partition)
{
    struct error err;
    world->n = 0;
    for (size_t i = 0; i < EVENTS; i++) {
        size_t first = (size_t)(strchr(partition, partition[i]) - partition);
        if (partition[i] == '.' || first != i)
            continue;
        struct incident *incident = &world->incidents[world->n++];
        *incident =
            (struct incident){.parent = -1, .events = ARENA_ARRAY(&world->arena, size_t, EVENTS)};
        for (size_t j = i; j < EVENTS; j++)
            if (partition[j] == partition[i])
                incident->events[incident->n_events++] = j;
    }
    CU_ASSERT_FATAL(incidents_identify(&world->arena, world->events, world->incidents, world->n,
                                       world->former, world->n_former, &world->changes,
                                       &world->n_changes, &err) == 0);
    world->n_former = 0;
    for (size_t i = 0; i < world->n; i++)
        for (size_t j = 0; j < world->incidents[i].n_events; j++)
            world->former[world->n_former++] = (struct former_member){
                .event_id = world->events[world->incidents[i].events[j]].event_id,
                .incident_id = world->incidents[i].incident_id};
}

static int64_t id_at(const struct world *world, size_t event)
{
    for (size_t i = 0; i < world->n; i++)
        for (size_t j = 0; j < world->incidents[i].n_events; j++)
            if (world->incidents[i].events[j] == event)
                return world->incidents[i].incident_id;
    return 0;
}

static bool changed(const struct world *world, int64_t old_id, int64_t new_id, int kind)
{
    for (size_t i = 0; i < world->n_changes; i++)
        if (world->changes[i].old_id == old_id && world->changes[i].new_id == new_id &&
            (int)world->changes[i].kind == kind)
            return true;
    return false;
}

static void ids_stick(void)
{
    struct world world;
    world_start(&world);
    identify(&world, "aab...");
    int64_t a = id_at(&world, 0), b = id_at(&world, 2);
    CU_ASSERT(a > 0 && b > 0 && a != b && world.n_changes == 0);
    identify(&world, "aab...");
    CU_ASSERT(id_at(&world, 0) == a && id_at(&world, 2) == b && world.n_changes == 0);
    /* Events that come, also with a lower id than all, and events that go change no id. */
    identify(&world, ".abaa.");
    CU_ASSERT(id_at(&world, 1) == a && id_at(&world, 2) == b && world.n_changes == 0);
    identify(&world, "aabaa.");
    CU_ASSERT(id_at(&world, 0) == a && id_at(&world, 2) == b && world.n_changes == 0);
    arena_free(&world.arena);
}

static void merged_ids_redirect(void)
{
    struct world world;
    world_start(&world);
    identify(&world, "abbbcc");
    int64_t a = id_at(&world, 0), b = id_at(&world, 1), c = id_at(&world, 4);
    identify(&world, "bbbbcc");
    CU_ASSERT(id_at(&world, 0) == b && id_at(&world, 4) == c);
    CU_ASSERT(world.n_changes == 1 && changed(&world, a, b, ID_MERGED));
    /* Of equal parts the lower id is kept. */
    int64_t low = b < c ? b : c;
    identify(&world, "..aabb");
    identify(&world, "..aaaa");
    CU_ASSERT_EQUAL(id_at(&world, 2), low);
    arena_free(&world.arena);
}

static void splits_name_their_origin(void)
{
    struct world world;
    world_start(&world);
    identify(&world, "aaaaa.");
    int64_t a = id_at(&world, 0);
    /* The bigger part keeps the id, though the first event, whose hash it is, goes to the other. */
    identify(&world, "bbaaa.");
    CU_ASSERT_EQUAL(id_at(&world, 2), a);
    CU_ASSERT(id_at(&world, 0) != a && id_at(&world, 0) != 0);
    CU_ASSERT(world.n_changes == 1 && changed(&world, a, id_at(&world, 0), ID_SPLIT));
    /* An event that moves between two incidents changes no identity. */
    int64_t b = id_at(&world, 0);
    identify(&world, "bbbaa.");
    CU_ASSERT(id_at(&world, 0) == b && id_at(&world, 3) == a && world.n_changes == 0);
    arena_free(&world.arena);
}

static void former_ids_are_never_reused(void)
{
    struct world world, fresh;
    world_start(&world);
    world_start(&fresh);
    identify(&fresh, "a.....");
    world.former[0] = (struct former_member){.incident_id = id_at(&fresh, 0)};
    world.n_former = 1;
    identify(&world, "a.....");
    CU_ASSERT_NOT_EQUAL(id_at(&world, 0), id_at(&fresh, 0));
    arena_free(&world.arena);
    arena_free(&fresh.arena);
}

/* A page changes, and with it the ids of its events. */
static void new_editions_follow(void)
{
    struct world world;
    world_start(&world);
    identify(&world, "aab...");
    int64_t a = id_at(&world, 0), b = id_at(&world, 2);
    for (size_t i = 0; i < world.n_former; i++) {
        world.former[i].report_id = world.events[i].report_id;
        world.former[i].rank = 1;
    }
    world.events[2].event_id = 99; /* the same report's */
    identify(&world, "aab...");
    CU_ASSERT_EQUAL(id_at(&world, 0), a);
    CU_ASSERT_EQUAL(id_at(&world, 2), b);
    CU_ASSERT_EQUAL(world.n_changes, 0);
    arena_free(&world.arena);
}

/* What was joined and comes apart takes its id back. */
static void retired_ids_come_back(void)
{
    struct world world;
    world_start(&world);
    identify(&world, "aaabb.");
    int64_t a = id_at(&world, 0), b = id_at(&world, 3);
    identify(&world, "aaaaa.");
    CU_ASSERT_EQUAL(id_at(&world, 3), a);
    for (int i = 0; i < 2; i++)
        world.former[world.n_former++] = (struct former_member){
            .event_id = world.events[3 + i].event_id, .incident_id = b, .retired = true};
    identify(&world, "aaabb.");
    CU_ASSERT_EQUAL(id_at(&world, 0), a);
    CU_ASSERT_EQUAL(id_at(&world, 3), b);
    arena_free(&world.arena);
}

static void children_know_their_parents(void)
{
    struct world world;
    struct error err;
    world_start(&world);
    identify(&world, "ab....");
    struct digest before = world.incidents[1].content;
    world.incidents[1].parent = 0;
    CU_ASSERT_FATAL(incidents_identify(&world.arena, world.events, world.incidents, world.n, NULL,
                                       0, &world.changes, &world.n_changes, &err) == 0);
    CU_ASSERT_EQUAL(world.incidents[1].parent_id, world.incidents[0].incident_id);
    CU_ASSERT_EQUAL(world.incidents[0].parent_id, 0);
    CU_ASSERT(memcmp(&before, &world.incidents[1].content, sizeof before) != 0);
    arena_free(&world.arena);
}

void suite_identify(void)
{
    CU_pSuite suite = CU_add_suite("identify", NULL, NULL);
    CU_add_test(suite, "ids stick", ids_stick);
    CU_add_test(suite, "merged ids redirect", merged_ids_redirect);
    CU_add_test(suite, "splits name their origin", splits_name_their_origin);
    CU_add_test(suite, "former ids are never reused", former_ids_are_never_reused);
    CU_add_test(suite, "new editions follow old ones", new_editions_follow);
    CU_add_test(suite, "retired ids come back", retired_ids_come_back);
    CU_add_test(suite, "children know their parents", children_know_their_parents);
}
