/* Filters of the residents' list. */
#include "domain/resident.h"

#include "base/mem.h"

struct list_filter resident_filter_status(const char *status, struct arena *a)
{
	return (struct list_filter){ .where = "resident.status = :p", .p = { .kind = VALUE_TEXT, .text = arena_copy(a, status) } };
}
