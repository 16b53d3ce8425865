#ifndef TRACKER_EXTRACT_PERSON_GROUP_H
#define TRACKER_EXTRACT_PERSON_GROUP_H

#include "extract/person_scan.h"

/* Reads modifiers and a noun for persons from token i, with what belongs to the noun ("a member of
 * the National Guard"). Singular nouns end a group only where one person is meant (`single`),
 * plural ones only where several are; elsewhere they are modifiers that tell the part ("three child
 * victims"). `end` is 0 when there is no group. */
struct group group_read(const struct scan *s, size_t i, bool several, bool single);

/* Tokens of the name at token k, 0 for none: capitalised words, with small ones between them
 * ("Gulbuddin al Hakim"). */
size_t group_name(const struct scan *s, size_t k);

#endif
