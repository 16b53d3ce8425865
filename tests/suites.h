/*
 * Every CUnit suite, one line each, in the order of the floors: SUITE(arena) stands for
 * `void suite_arena(void)` in tests/base/test_arena.c, which registers the suite.
 * No include guard: runner.c includes this list twice.
 */
/* clang-format off */

/* base */
SUITE(arena)
SUITE(buffer)
SUITE(json)
SUITE(map)
SUITE(digest)
SUITE(error)
SUITE(log)
SUITE(secret)
SUITE(calendar)
SUITE(duration)

/* text */
SUITE(utf8)
SUITE(fold)
SUITE(fold_ascii)
SUITE(vocabulary)
SUITE(token)
SUITE(sentence)
SUITE(document)
SUITE(language_guess)
SUITE(number)

/* read */
SUITE(url)
SUITE(report)
SUITE(stream)
SUITE(input_json)
SUITE(labels)
SUITE(charset)
SUITE(date)
SUITE(html_tree)
SUITE(entry_list)
SUITE(pages)
SUITE(reader)
SUITE(address)
SUITE(robots)
SUITE(fetch)
SUITE(web)

/* rules */
SUITE(diagnostics)
SUITE(yaml_tree)
SUITE(ruleset)
SUITE(forms)
SUITE(marked_lists)
SUITE(word_list)
SUITE(weights)
SUITE(pattern)
SUITE(matcher)
SUITE(chance)
SUITE(choose)
SUITE(trace)

/* extract */
SUITE(counts)
SUITE(people)
SUITE(times)
SUITE(sources)
SUITE(doubts)
SUITE(gazetteer)
SUITE(gazetteer_build)
SUITE(loose_name)
SUITE(places)
SUITE(place_cases)
SUITE(extract)
SUITE(events)
SUITE(event_words)
SUITE(uncovered)
SUITE(why_not)

/* reconcile */
SUITE(distance)
SUITE(incident)
SUITE(score)
SUITE(fuse)
SUITE(waves)
SUITE(identify)
SUITE(judge)
SUITE(series)
SUITE(links)
SUITE(properties)
SUITE(reconcile)
SUITE(estimate)

/* store */
SUITE(copy_row)
SUITE(migrate)
SUITE(store)
SUITE(settle_write)
SUITE(listing)
SUITE(reports)

/* pipeline */
SUITE(evaluate)
SUITE(coverage)
SUITE(claim_changes)
SUITE(again)
SUITE(rows)

/* report */
SUITE(period)
SUITE(svg)
SUITE(table)

/* cli */
