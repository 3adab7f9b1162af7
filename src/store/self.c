/* Who this copy of the database is: site, clock, numbers; how a copy is noticed, and a clock that went astray. */
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS (24 * 60 * MINUTE_MS)
#define CLOCK_BACK_MS (10 * MINUTE_MS)
#define CLOCK_AHEAD_MS (15 * DAY_MS)
#define CLOCK_YEARS_MS (15 * 365 * DAY_MS)
#define HLC_SHIFT 16

enum rc self_load(struct store *st, struct self *out, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT site, hlc, no, next_id, clock_at, hash, machine, desk, demo FROM self WHERE one = 1");
	struct self s = { 0 };
	size_t n_hash, n_machine;
	const void *hash, *machine;
	bool row = false;
	enum rc rc = stmt_step(&q, &row, e);

	if (rc != RC_OK)
		return rc;
	hash = row ? column_blob(&q, 5, &n_hash) : NULL;
	machine = row ? column_blob(&q, 6, &n_machine) : NULL;
	if (!row || n_hash != HASH_BYTES || n_machine != HASH_BYTES)
		return err_set(e, RC_DB, NULL, "数据库缺少自身标识，可能已损坏；请用最近的备份恢复");
	s.site = column_int(&q, 0);
	s.hlc = column_int(&q, 1);
	s.no = column_int(&q, 2);
	s.next_id = column_int(&q, 3);
	s.clock_at = column_int(&q, 4);
	memcpy(s.hash, hash, HASH_BYTES);
	memcpy(s.machine, machine, HASH_BYTES);
	snprintf(s.desk, sizeof s.desk, "%s", column_text(&q, 7));
	s.demo = column_int(&q, 8) != 0;
	*out = s;
	return RC_OK;
}

static int64_t random_site(const struct store *st)
{
	uint64_t word;

	random_bytes(st, &word, sizeof word);
	return 1 + (int64_t)(word % INT32_MAX);
}

enum rc self_insert(struct store *st, struct err *e)
{
	static const unsigned char zero[HASH_BYTES];
	unsigned char key_check[HASH_BYTES];
	AUTO_STMT q = stmt_use(st, "INSERT INTO self (one, site, hlc, no, hash, machine, next_id, key_check)"
	                           " VALUES (1, :site, 0, 0, :hash, :machine, 1, :key_check)");

	seal_key_check(st, key_check);
	bind_int(&q, ":site", random_site(st));
	bind_blob(&q, ":hash", zero, sizeof zero);
	bind_blob(&q, ":machine", st->machine, HASH_BYTES);
	bind_blob(&q, ":key_check", key_check, sizeof key_check);
	return stmt_run(&q, e);
}

/* A copied file lies elsewhere; one that was put back in place knows fewer transactions than its lock file. Going on with the old
 * numbers would give two different transactions one number, so it becomes a new site. */
static void become_new_site(struct store *st)
{
	st->next.site = random_site(st);
	st->next.no = 0;
	st->next.next_id = 1;
	memset(st->next.hash, 0, HASH_BYTES);
	memcpy(st->next.machine, st->machine, HASH_BYTES);
	st->self_changed = true;
}

enum rc self_begin(struct store *st, struct err *e)
{
	int64_t now = store_now(st), now_hlc = now > 0 ? now << HLC_SHIFT : 0;
	enum rc rc = self_load(st, &st->self, e);

	if (rc != RC_OK)
		return rc;
	st->next = st->self;
	st->self_changed = false;
	if (memcmp(st->self.machine, st->machine, HASH_BYTES) != 0 ||
	    (st->lock_before.site == st->self.site && st->lock_before.no > st->self.no))
		become_new_site(st);
	st->next.hlc = now_hlc > st->self.hlc ? now_hlc : st->self.hlc + 1;
	st->next.no++;
	return RC_OK;
}

enum rc self_commit(struct store *st, bool ops, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "UPDATE self SET site = :site, hlc = :hlc, no = :no, hash = :hash, machine = :machine,"
	                           " next_id = :next_id, clock_at = :clock_at, desk = :desk, demo = :demo WHERE one = 1");
	struct self *s = &st->next;

	if (!ops) {
		s->no--;
		s->hlc = st->self.hlc;
		if (!st->self_changed)
			return RC_OK;
	} else if (!store_clock_suspect(st)) {
		s->clock_at = store_now(st);
	}
	bind_int(&q, ":site", s->site);
	bind_int(&q, ":hlc", s->hlc);
	bind_int(&q, ":no", s->no);
	bind_blob(&q, ":hash", s->hash, HASH_BYTES);
	bind_blob(&q, ":machine", s->machine, HASH_BYTES);
	bind_int(&q, ":next_id", s->next_id);
	bind_int(&q, ":clock_at", s->clock_at);
	bind_text(&q, ":desk", s->desk);
	bind_int(&q, ":demo", s->demo);
	return stmt_run(&q, e);
}

enum rc store_new_id(struct store *st, int64_t *id, struct err *e)
{
	if (st->depth == 0)
		return err_set(e, RC_DB, NULL, "程序错误：编号要在事务里取");
	if (st->next.next_id > UINT32_MAX)
		return err_set(e, RC_DB, NULL, "本机的记录编号已用完；请管理员用备份恢复一份，新的一份会换新编号");
	*id = st->next.site << 32 | st->next.next_id++;
	st->self_changed = true;
	return RC_OK;
}

int64_t store_derived_id(const char *table, const char *key)
{
	crypto_generichash_state h;
	uint64_t id = 0;
	unsigned char out[16];

	crypto_generichash_init(&h, NULL, 0, sizeof out);
	crypto_generichash_update(&h, (const unsigned char *)table, strlen(table) + 1);
	crypto_generichash_update(&h, (const unsigned char *)key, strlen(key));
	crypto_generichash_final(&h, out, sizeof out);
	for (int i = 0; i < 8; i++)
		id = id << 8 | out[i];
	id &= INT64_MAX;
	return id ? (int64_t)id : 1;
}

static bool outside_program_life(int64_t at)
{
	return at < YL_BUILD_DAY * DAY_MS || at > YL_BUILD_DAY * DAY_MS + CLOCK_YEARS_MS;
}

bool store_clock_suspect(const struct store *st)
{
	int64_t now = store_now(st), trusted = st->self.clock_at;

	if (trusted == 0)
		return outside_program_life(now);
	return now < trusted - CLOCK_BACK_MS || now > trusted + CLOCK_AHEAD_MS ||
	       (outside_program_life(now) && !outside_program_life(trusted));
}

/* Change the running copy of self; the commit writes it. */
static enum rc change_self(struct store *st, const char *verb, void (*change)(struct self *s, const void *value), const void *value,
                           struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc = txn_begin(&t, st, verb, e);

	if (rc != RC_OK)
		return rc;
	change(&st->next, value);
	st->self_changed = true;
	return txn_commit(&t, e);
}

static void confirm_clock(struct self *s, const void *now)
{
	s->clock_at = *(const int64_t *)now;
}

enum rc store_clock_confirm(struct store *st, struct err *e)
{
	int64_t now = store_now(st);

	return change_self(st, "clock.confirm", confirm_clock, &now, e);
}

static void change_desk(struct self *s, const void *desk)
{
	snprintf(s->desk, sizeof s->desk, "%s", (const char *)desk);
}

enum rc store_set_desk(struct store *st, const char *desk, struct err *e)
{
	if (strlen(desk) > 1 || (desk[0] && (desk[0] < 'A' || desk[0] > 'Z')))
		return err_set(e, RC_INVALID, "desk", "窗口代号是一个大写字母 A–Z，或留空");
	return change_self(st, "store.desk", change_desk, desk, e);
}

static void change_demo(struct self *s, const void *demo)
{
	s->demo = *(const bool *)demo;
}

enum rc store_mark_demo(struct store *st, struct err *e)
{
	bool demo = true;

	return change_self(st, "store.demo", change_demo, &demo, e);
}
