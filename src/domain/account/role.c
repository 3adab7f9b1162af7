/* Who may do what: role.h's table turned into answers. */
#include "domain/role.h"

#include <stddef.h>
#include <string.h>

#include "base/err.h"

static const struct {
	const char *key, *label;
} roles[ROLE_COUNT] = {
	[ROLE_NONE]    = { "",        "未登录" },
	[ROLE_DESK]    = { "desk",    "前台" },
	[ROLE_GRID]    = { "grid",    "网格员" },
	[ROLE_CANTEEN] = { "canteen", "食堂管理员" },
	[ROLE_PROJECT] = { "project", "项目负责人" },
	[ROLE_HEAD]    = { "head",    "书记/主任" },
	[ROLE_ADMIN]   = { "admin",   "系统管理员" },
};

enum {
	DESK = 1 << ROLE_DESK, GRID = 1 << ROLE_GRID, CANTEEN = 1 << ROLE_CANTEEN, PROJECT = 1 << ROLE_PROJECT,
	HEAD = 1 << ROLE_HEAD, ADMIN = 1 << ROLE_ADMIN,
};

static const struct {
	const char *label;
	unsigned roles;
} capabilities[CAPABILITY_COUNT] = {
#define X(name, label, roles) [MAY_##name] = { label, roles },
	CAPABILITIES(X)
#undef X
};

enum role role_from_key(const char *key)
{
	for (size_t i = ROLE_NONE + 1; key && i < COUNT(roles); i++)
		if (strcmp(roles[i].key, key) == 0)
			return (enum role)i;
	return ROLE_NONE;
}

const char *role_key(enum role r)
{
	return r < ROLE_COUNT ? roles[r].key : "";
}

const char *role_label(enum role r)
{
	return r < ROLE_COUNT ? roles[r].label : "";
}

bool role_may(enum role r, enum capability c)
{
	return r > ROLE_NONE && r < ROLE_COUNT && c < CAPABILITY_COUNT && (capabilities[c].roles & (1u << r)) != 0;
}

const char *capability_label(enum capability c)
{
	return c < CAPABILITY_COUNT ? capabilities[c].label : "";
}
