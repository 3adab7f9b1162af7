/* Conditions of the volunteers' list. */
#include "domain/volunteer.h"

/* A certificate that is the last of its kind: one that was renewed warns no more. */
#define LAST_OF_ITS_KIND \
	" AND NOT EXISTS (SELECT 1 FROM qualification AS later WHERE later.volunteer_id = volunteer.id AND later.kind = held.kind" \
	" AND later.deleted_at IS NULL AND (later.expires_day IS NULL OR later.expires_day > held.expires_day))"
#define HOLDS "EXISTS (SELECT 1 FROM qualification AS held WHERE held.volunteer_id = volunteer.id AND held.deleted_at IS NULL AND "

struct list_filter volunteer_filter_status(const char *status, struct arena *a)
{
	return (struct list_filter){ .where = "volunteer.status = :p", .p = { .kind = VALUE_TEXT, .text = arena_copy(a, status) } };
}

struct list_filter volunteer_filter_service(const char *service, struct arena *a)
{
	return (struct list_filter){
		.where = "instr(' ' || volunteer.services || ' ', :p) > 0", .p = { .kind = VALUE_TEXT, .text = arena_format(a, " %s ", service) },
	};
}

struct list_filter volunteer_filter_grid(int64_t grid_id)
{
	return (struct list_filter){
		.where = "(volunteer.grid_id = :p OR EXISTS (SELECT 1 FROM volunteer_grid AS further WHERE further.volunteer_id = volunteer.id"
		         " AND further.grid_id = :p AND further.deleted_at IS NULL))",
		.p = { .kind = VALUE_NUMBER, .number = grid_id },
	};
}

struct list_filter volunteer_filter_expired(int32_t today)
{
	return (struct list_filter){ .where = HOLDS "held.expires_day < :p" LAST_OF_ITS_KIND ")", .p = { .kind = VALUE_NUMBER, .number = today } };
}

struct list_filter volunteer_filter_expiring(int32_t today)
{
	return (struct list_filter){
		.where = HOLDS "held.expires_day BETWEEN :p AND :q" LAST_OF_ITS_KIND ")",
		.p = { .kind = VALUE_NUMBER, .number = today }, .q = { .kind = VALUE_NUMBER, .number = today + VOLUNTEER_SOON_DAYS },
	};
}
