/* The demo's diners: their records, fixed lines and volunteers. */
#include "demo_canteen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"
#include "store/txn.h"

#define FIXED_EVERY 24             /* of the diners on a line one has a volunteer of their own */
#define BLOCKED_EVERY 40
#define DAYS_OF_A_YEAR 365

static const char *const ways[] = { "dine_in", "pickup", "delivery" };

/* A diner while the record is made up. */
struct draft {
	struct demo_elder elder;
	struct demo_diner diner;
	const char *ground;
	int32_t status_day, entitled_to_day;
};

static const char *ground_of(const struct demo_elder *elder)
{
	static const char *const grounds[] = { "disabled", "dementia", "alone", "aged80" };

	for (size_t i = 0; i < COUNT(grounds); i++)
		if (demo_elder_has(elder, grounds[i]))
			return grounds[i];
	return NULL;
}

/* `lack`: too few are brought meals so far; some have no ground but an illness that passes. */
static void choose_way(struct demo_canteen *c, struct draft *f, bool lack)
{
	struct demo_random *r = &c->d->random;

	f->ground = ground_of(&f->elder);
	f->entitled_to_day = DAY_NONE;
	f->diner.way = demo_chance(r, 350) ? DEMO_PICKUP : DEMO_DINE_IN;
	if (f->ground ? demo_chance(r, 720) : lack || demo_chance(r, 60))
		f->diner.way = DEMO_DELIVERY;
	if (f->diner.way == DEMO_DELIVERY && f->ground == NULL) {
		f->ground = "ill";
		f->entitled_to_day = c->today + demo_between(r, 10, 45);
	}
}

/* Of those who came early some have left again, or wait. */
static const char *status_of(const struct demo_elder *elder, size_t i)
{
	if (i % 25 == 11)
		return "stopped";
	if (i % 64 == 20)
		return "quiet";
	if (i % 32 == 7)
		return "paused";
	return elder->age >= 78 && !elder->has_phone && i >= 20 && i % 8 == 0 ? "deceased" : "active";
}

/* Most were there before the orders begin, the others came one after the other; the last have applied. `i` of `n`, in the order of their numbers. */
static void choose_status(struct demo_canteen *c, struct draft *f, size_t i, size_t n)
{
	struct demo_diner *diner = &f->diner;
	struct demo_random *r = &c->d->random;
	size_t early = n * 3 / 4, applied = n / 25 + 1;

	diner->to_day = DAY_NONE;
	if (i >= n - applied) {
		diner->status = "applied";
		diner->from_day = f->status_day = c->today - demo_between(r, 1, 9);
		diner->to_day = diner->from_day - 1;
		return;
	}
	diner->from_day = i < early ? c->from_day - 30 - (int32_t)((early - i) * 3) :
	                              c->today - DAYS_OF_A_YEAR + (int32_t)((i - early) * (DAYS_OF_A_YEAR - 12) / (n - early));
	diner->status = i < early ? status_of(&f->elder, i) : "active";
	f->status_day = diner->from_day;
	if (strcmp(diner->status, "active") != 0) {
		f->status_day = c->today - demo_between(r, 3, strcmp(diner->status, "paused") == 0 ? 30 : DAYS_OF_A_YEAR - 60);
		diner->to_day = f->status_day - 1;
	}
}

static int line_order(const void *left, const void *right)
{
	const struct draft *const *a = left, *const *b = right;

	return demo_elder_compare(&(*a)->elder, &(*b)->elder);
}

/* Those who are brought meals, along the walk, in as many even pieces as there are lines; a few are on none yet. */
static void give_lines(struct demo_canteen *c, struct draft *drafts, size_t n)
{
	const struct draft **brought = arena_alloc(&c->arena, n * sizeof *brought + 1);
	size_t k = 0;
	int line = 0, position = 0;

	for (size_t i = 0; i < n; i++)
		if (drafts[i].diner.way == DEMO_DELIVERY && strcmp(drafts[i].diner.status, "applied") != 0 && !demo_chance(&c->d->random, 40))
			brought[k++] = &drafts[i];
	qsort(brought, k, sizeof *brought, line_order);
	for (size_t i = 0; i < k; i++) {
		struct demo_diner *diner = &drafts[brought[i] - drafts].diner;
		int here = (int)(i * (size_t)c->lines / k) + 1;

		position = here == line ? position + 1 : 1;
		diner->line = line = here;
		diner->line_position = position;
	}
}

/* Whoever stands on the shift most often comes first. */
static void give_volunteers(struct demo_canteen *c, struct draft *drafts, size_t n)
{
	size_t on_lines = 0, seen = 0;

	for (size_t i = 0; i < n && c->n_carriers > 0; i++) {
		struct demo_diner *diner = &drafts[i].diner;
		const struct demo_carrier *carrier = &c->carriers[demo_below(&c->d->random, (uint32_t)c->n_carriers)];

		if (diner->to_day != DAY_NONE || carrier->resident_id == diner->resident_id)
			continue;
		if (diner->line && ++on_lines % FIXED_EVERY == 5)
			diner->volunteer_id = carrier->volunteer_id;
		else if (diner->way == DEMO_DELIVERY && ++seen % BLOCKED_EVERY == 9)
			diner->block_id = carrier->volunteer_id;
	}
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------ */

static void bind_payer(struct demo_canteen *c, struct stmt *q, const struct demo_elder *elder)
{
	static const char *const payers[] = { "self", "child", "unit", "charity" };
	static const int payer_weights[] = { 800, 150, 20, 30 };
	static const char *const payments[] = { "cash", "card", "ticket", "account", "scan" };
	static const int payment_weights[] = { 250, 350, 80, 120, 200 };
	static const char *const classes[] = { "lowincome", "bereaved", "veteran", "handicap" };
	struct demo_random *r = &c->d->random;
	size_t payer = demo_weighted(r, payer_weights, COUNT(payer_weights));
	const char *names[] = { NULL, elder->child, "某企业退管会（演示）", "某慈善基金（演示）" };
	const char *class = "age";

	if (payer == 1 && elder->child[0] == '\0')
		payer = 0;
	for (size_t i = COUNT(classes); i-- > 0;)
		class = demo_elder_has(elder, classes[i]) ? classes[i] : class;
	bind_text(q, ":class", class);
	bind_text(q, ":payer", payers[payer]);
	bind_text(q, ":payer_name", names[payer]);
	bind_text(q, ":payment", payments[demo_weighted(r, payment_weights, COUNT(payment_weights))]);
}

static void bind_phone(struct demo_canteen *c, struct stmt *q, const char *parameter, bool known)
{
	char phone[16];

	snprintf(phone, sizeof phone, "1990000%04u", demo_below(&c->d->random, 10000));
	bind_text(q, parameter, known ? phone : NULL);
}

/* Who takes it in, who has a key, when, and how long to wait. */
static void bind_door(struct demo_canteen *c, struct stmt *q, const struct draft *f)
{
	static const char *const notes[] = {
		"耳背，敲重些", "腿脚慢，多等一会儿", "门口有狗，先打电话", "门铃坏了，请敲门", "放门口小凳上，敲三下", "防盗门密码在楼长处", "眼睛不好，帮忙端进屋",
	};
	struct demo_random *r = &c->d->random;
	bool brought = f->diner.way == DEMO_DELIVERY, stand_in = brought && demo_chance(r, 400), key = brought && demo_chance(r, 130);
	char given[16], stand[32], holder[32];

	demo_given_name(r, demo_between(r, 1, 2), 1962, given);
	snprintf(stand, sizeof stand, "%s%s（邻居）", demo_surname(r), given);
	snprintf(holder, sizeof holder, "%s（楼长）", demo_surname(r));
	bind_text(q, ":stand_in", !stand_in ? NULL : f->elder.child[0] && demo_chance(r, 400) ? f->elder.child : stand);
	bind_phone(c, q, ":stand_in_phone", stand_in);
	bind_text(q, ":key_holder", key ? holder : NULL);
	bind_phone(c, q, ":key_phone", key);
	bind_null(q, ":begin");
	bind_null(q, ":end");
	if (brought && demo_chance(r, 130))
		bind_int(q, ":end", demo_between(r, 46, 48) * 15);
	else if (brought && demo_chance(r, 80))
		bind_int(q, ":begin", demo_between(r, 44, 45) * 15);
	bind_null(q, ":wait");
	if (demo_elder_has(&f->elder, "disabled") || (brought && demo_chance(r, 80)))
		bind_int(q, ":wait", demo_between(r, 2, 5));
	bind_int(q, ":may_leave", f->diner.may_leave);
	bind_text(q, ":door_note", brought && demo_chance(r, 300) ? DEMO_PICK(r, notes) : NULL);
}

static void bind_food(struct demo_canteen *c, struct stmt *q, const struct demo_diner *diner)
{
	static const char *const diets[] = { "diabetes", "low_salt", "diabetes low_salt", "low_fat", "vegetarian", "halal" };
	static const int diet_weights[] = { 350, 300, 60, 200, 60, 30 };
	static const char *const allergens[] = { "shrimp", "fish", "egg", "milk", "peanut", "wheat", "fish shrimp" };
	static const char *const avoids[] = { "香菜", "辣椒", "大蒜", "羊肉", "香菜 辣椒", "肥肉", "葱", "内脏" };
	struct demo_random *r = &c->d->random;
	const char *diet = demo_chance(r, 260) ? diets[demo_weighted(r, diet_weights, COUNT(diet_weights))] : NULL;

	if (strcmp(diner->size, "soft") == 0 && diet == NULL)
		diet = "soft";
	bind_text(q, ":diets", diet);
	bind_text(q, ":allergens", demo_chance(r, 90) ? DEMO_PICK(r, allergens) : NULL);
	bind_text(q, ":avoids", demo_chance(r, 140) ? DEMO_PICK(r, avoids) : NULL);
}

static const char *why_of(struct demo_canteen *c, const char *status)
{
	static const struct { const char *status, *whys[3]; } rows[] = {
		{ "paused", { "住院，出院时间未定", "女儿接去照顾", "回老家过一阵子" } }, { "stopped", { "子女搬来同住", "住进养老院", "说饭菜不合口味" } },
		{ "quiet", { "本人不要再联系", "家属要求不再联系", "本人不要再联系" } }, { "deceased", { "因病去世", "因病去世", "因病去世" } },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i].status, status) == 0)
			return DEMO_PICK(&c->d->random, rows[i].whys);
	return NULL;
}

static enum rc insert_diner(struct demo_canteen *c, struct draft *f, size_t number, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st,
		"INSERT INTO diner (id, number, resident_id, status, status_day, status_why, subsidy_class, payer, payer_name, payment, way, entitled_why, entitled_to_day,"
		" line, line_position, volunteer_id, window_begin_min, window_end_min, wait_min, may_leave, stand_in, stand_in_phone, key_holder, key_phone, diets, allergens,"
		" avoids, door_note) VALUES (:id, :number, :resident, :status, :status_day, :why, :class, :payer, :payer_name, :payment, :way, :ground, :ground_to,"
		" :line, :position, :volunteer, :begin, :end, :wait, :may_leave, :stand_in, :stand_in_phone, :key_holder, :key_phone, :diets, :allergens,"
		" :avoids, :door_note)");
	struct demo_diner *diner = &f->diner;
	char text[16];

	snprintf(text, sizeof text, "JC-%04zu", number);
	bind_text(&q, ":number", text);
	bind_int(&q, ":resident", diner->resident_id);
	bind_text(&q, ":status", diner->status);
	bind_day(&q, ":status_day", f->status_day);
	bind_text(&q, ":why", why_of(c, diner->status));
	bind_payer(c, &q, &f->elder);
	bind_text(&q, ":way", ways[diner->way]);
	bind_text(&q, ":ground", f->ground);
	bind_day(&q, ":ground_to", f->entitled_to_day);
	bind_id(&q, ":line", diner->line);
	bind_id(&q, ":position", diner->line_position);
	bind_id(&q, ":volunteer", diner->volunteer_id);
	bind_door(c, &q, f);
	bind_food(c, &q, diner);
	return stmt_insert(&q, &diner->id, e);
}

static enum rc bury(struct demo_canteen *c, const struct demo_diner *diner, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st, "UPDATE resident SET status = 'dead', rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", diner->resident_id);
	return stmt_run(&q, e);
}

static enum rc write_diner(struct demo_canteen *c, struct draft *f, size_t number, struct err *e)
{
	enum rc rc = insert_diner(c, f, number, e);

	if (rc == RC_OK)
		rc = demo_insert_plans(c, &f->diner, e);
	if (rc == RC_OK && f->diner.block_id)
		rc = demo_insert_block(c, &f->diner, e);
	if (rc == RC_OK && strcmp(f->diner.status, "deceased") == 0)
		rc = bury(c, &f->diner, e);
	return rc;
}

static void make_draft(struct demo_canteen *c, const struct demo_elder *elder, size_t i, size_t n, bool lack, struct draft *f)
{
	struct demo_random *r = &c->d->random;

	*f = (struct draft){ .elder = *elder, .diner = { .resident_id = elder->id, .x_m = elder->x_m, .y_m = elder->y_m } };
	choose_status(c, f, i, n);
	choose_way(c, f, lack);
	f->diner.may_leave = f->diner.way == DEMO_DELIVERY && demo_chance(r, 200);
	f->diner.size = demo_elder_has(elder, "disabled") && demo_chance(r, 400) ? "soft" : demo_chance(r, 60) ? "large" : demo_chance(r, 60) ? "soft" : "normal";
	demo_choose_plan(c, &f->diner);
}

enum rc demo_make_diners(struct demo_canteen *c, size_t n, struct err *e)
{
	struct demo_elder *elders;
	struct draft *drafts;
	AUTO_TXN t = { 0 };
	enum rc rc = demo_choose_elders(c, n, &elders, &c->n_diners, e);

	if (rc != RC_OK)
		return rc;
	drafts = arena_alloc(&c->arena, c->n_diners * sizeof *drafts + 1);
	c->diners = arena_alloc(&c->arena, c->n_diners * sizeof *c->diners + 1);
	for (size_t i = 0, brought = 0; i < c->n_diners; i++) {
		make_draft(c, &elders[i], i, c->n_diners, brought * 2 < i, &drafts[i]);
		brought += drafts[i].diner.way == DEMO_DELIVERY;
	}
	give_lines(c, drafts, c->n_diners);
	give_volunteers(c, drafts, c->n_diners);
	rc = txn_begin(&t, c->d->of->st, "demo.canteen", e);
	for (size_t i = 0; rc == RC_OK && i < c->n_diners; i++) {
		rc = write_diner(c, &drafts[i], i + 1, e);
		c->diners[i] = drafts[i].diner;
	}
	return rc == RC_OK ? txn_commit(&t, e) : rc;
}
