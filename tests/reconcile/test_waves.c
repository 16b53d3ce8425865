#include "reconcile/waves.h"

#include <CUnit/CUnit.h>

#include "extract/event.h"
#include "sample.h"

void suite_waves(void);

static void drones_and_missiles(struct event_row *event, int64_t drones, int64_t missiles)
{
    const struct event_claim claims[] = {claim_of("drones", drones, 4, "air force"),
                                         claim_of("missiles", missiles, 4, "air force")};
    claims_give(event, claims, 2);
}

static void one_wave_a_night(void)
{
    struct event_row events[4] = {wave_of_night(1, 19, 8), wave_of_night(2, 19, 9),
                                  wave_of_night(3, 20, 8), wave_of_night(4, 19, 12)};
    drones_and_missiles(&events[0], 470, 48);
    drones_and_missiles(&events[1], 476, 48);
    drones_and_missiles(&events[2], 120, 2);
    drones_and_missiles(&events[3], 300, 7); /* another count, the same night */
    struct sample sample;
    sample_run(&sample, events, 4, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    CU_ASSERT_EQUAL(incident_with(&sample, events, 1)->n_events, 3);
    CU_ASSERT_EQUAL(incident_with(&sample, events, 1)->scope, SCOPE_COUNTRY);
    CU_ASSERT_EQUAL(incident_with(&sample, events, 1)->region_id,
                    region_id_of(SLICE_LITERAL("UA")));
    sample_end(&sample);
}

static void sites_hang_below(void)
{
    struct event_row events[4] = {wave_of_night(1, 19, 8), event_of(2, 19, 9), event_of(3, 19, 9),
                                  event_of(4, 22, 9)};
    const struct event_claim of_wave[] = {claim_of("drones", 476, 4, "air force"),
                                          claim_of("killed", 30, 4, "president")};
    const struct event_claim of_site[] = {claim_of("killed", 19, 6, "Reuters"),
                                          claim_of("drones", 476, 6, "Reuters"),
                                          claim_of("missiles", 3, 6, "Reuters")};
    claims_give(&events[0], of_wave, 2);
    claims_give(&events[1], of_site, 3);
    drones_and_missiles(&events[2], 12, 1);
    place_settlement(&events[2], "g:706483", "UA.07", 4998, 3623, 1430000);
    drones_and_missiles(&events[3], 476, 48);
    struct sample sample;
    sample_run(&sample, events, 4, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(sample.n, 4);
    const struct incident *wave = incident_with(&sample, events, 1),
                          *site = incident_with(&sample, events, 2);
    CU_ASSERT_PTR_EQUAL(&sample.incidents[site->parent], wave);
    CU_ASSERT(site->in_totals && !wave->in_totals && wave->parent == -1);
    CU_ASSERT(sample_figure(wave, "drones")->in_totals &&
              !sample_figure(wave, "killed")->in_totals);
    CU_ASSERT(sample_figure(site, "killed")->in_totals &&
              !sample_figure(site, "drones")->in_totals);
    CU_ASSERT(slice_is(sample_figure(site, "drones")->rule, "equals-wave"));
    /* The wave says nothing of missiles: the site's stand. */
    CU_ASSERT(sample_figure(site, "missiles")->in_totals);
    const struct incident *other = incident_with(&sample, events, 3),
                          *later = incident_with(&sample, events, 4);
    CU_ASSERT_FALSE(sample_figure(other, "drones")->in_totals);
    CU_ASSERT_FALSE(slice_is(sample_figure(other, "drones")->rule, "equals-wave"));
    /* No wave that night: the numbers stay on the site. */
    CU_ASSERT(later->parent == -1 && sample_figure(later, "drones")->in_totals);
    sample_end(&sample);
}

static void a_week_stays_apart(void)
{
    struct event_row events[2] = {wave_of_night(1, 19, 8), wave_of_night(2, 23, 9)};
    drones_and_missiles(&events[0], 476, 48);
    drones_and_missiles(&events[1], 1200, 48);
    events[1].date_precision = WHEN_RANGE;
    events[1].start = at(2025, 11, 16, 22);
    events[1].end = at(2025, 11, 23, 22);
    struct sample sample;
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(sample.n, 2);
    CU_ASSERT(sample_figure(incident_with(&sample, events, 1), "drones")->in_totals);
    CU_ASSERT_FALSE(sample_figure(incident_with(&sample, events, 2), "drones")->in_totals);
    sample_end(&sample);
}

/* What a region told of the day stands above its towns, and alone where it is alone. */
static void an_area_above_its_sites(void)
{
    struct event_row events[2] = {event_of(1, 19, 8), event_of(2, 19, 20)};
    const struct event_claim site = claim_of("killed", 2, 1, "police"),
                             area = claim_of("killed", 9, 3, "head");
    claims_give(&events[0], &site, 1);
    claims_give(&events[1], &area, 1);
    place_region(&events[1], "UA.22");
    events[1].report_id = events[0].report_id;
    struct sample sample;
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(sample.n, 2);
    CU_ASSERT(incident_with(&sample, events, 1)->in_totals);
    CU_ASSERT_FALSE(incident_with(&sample, events, 2)->in_totals);
    sample_end(&sample);
    /* Nor does it join the site by way of another report that it agrees with. */
    struct event_row three[3] = {events[0], events[1], event_of(3, 19, 21)};
    claims_give(&three[2], &area, 1);
    sample_run(&sample, three, 3, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    CU_ASSERT_EQUAL(incident_with(&sample, three, 2)->n_events, 1);
    sample_end(&sample);
    sample_run(&sample, events + 1, 1, NULL, 0);
    CU_ASSERT(sample.incidents[0].in_totals);
    sample_end(&sample);
}

void suite_waves(void)
{
    CU_pSuite suite = CU_add_suite("waves", NULL, NULL);
    CU_add_test(suite, "one wave a night", one_wave_a_night);
    CU_add_test(suite, "sites hang below their wave", sites_hang_below);
    CU_add_test(suite, "a bulletin of a week stays apart", a_week_stays_apart);
    CU_add_test(suite, "an area above its sites", an_area_above_its_sites);
}
