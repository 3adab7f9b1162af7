/* The demo's places: estates on a loose raster around the office, one grid an estate and a few special ones, four to five buildings an estate. */
#include "demo_make.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define RASTER_M 330               /* 22 estates on 2.7 km² */
#define RASTER_COLUMNS 5

/* The seed's mix: 8 commercial estates, 7 for resettled people, 3 villages in the city, 4 of self-built houses. */
static const struct {
	const char *name;
	char kind;
	int built_year;
} estate_rows[] = {
	{ "西林花园", 'c', 2004 }, { "西林新村", 'r', 1998 }, { "湖景雅苑", 'c', 2011 }, { "钟溪家园", 'r', 2009 }, { "南浜里", 'v', 1985 },
	{ "梧桐公馆", 'c', 2016 }, { "永兴家园", 'r', 2012 }, { "朝阳里", 's', 1990 }, { "金桂名庭", 'c', 2013 }, { "虹桥新苑", 'r', 2006 },
	{ "周家弄", 'v', 1982 }, { "望湖家园", 'c', 2008 }, { "胜利新苑", 'r', 2003 }, { "北河沿", 's', 1993 }, { "翰林府", 'c', 2019 },
	{ "红旗新苑", 'r', 2010 }, { "石桥头", 'v', 1987 }, { "紫荆华庭", 'c', 2014 }, { "东升里", 's', 1995 }, { "新群家园", 'r', 2015 },
	{ "新城国际", 'c', 2018 }, { "建新弄", 's', 1991 },
};

static const char *const special_grids[] = { "沿街商户", "西林商圈", "学校与幼儿园", "产业园区" };
static const char *const property_companies[] = { "友邻物业（演示）", "安居物业（演示）", "湖畔物业（演示）" };

struct shape {
	int min_units, max_units, min_floors, max_floors, doors;
};

static struct shape shape_of(char kind)
{
	switch (kind) {
	case 'c':
		return (struct shape){ 2, 3, 11, 18, 2 };
	case 'r':
		return (struct shape){ 3, 4, 6, 6, 2 };
	default:
		return (struct shape){ 1, 2, 3, 4, 6 };
	}
}

static enum rc insert_grid(struct demo *d, const char *code, const char *name, const char *kind, int64_t parent_id, int64_t *id, struct err *e)
{
	const char *surname = demo_surname(&d->random);
	char given[16], leader[32];
	enum rc rc;

	demo_given_name(&d->random, demo_between(&d->random, 1, 2), 1978, given);
	snprintf(leader, sizeof leader, "%s%s", surname, given);
	if ((rc = demo_new_id(d, id, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO grid (id, code, name, kind, parent_id, leader, worker_id, from_day)"
		" VALUES (:id, :code, :name, :kind, :parent, :leader, :worker, :from)");
	bind_int(&q, ":id", *id);
	bind_text(&q, ":code", code);
	bind_text(&q, ":name", name);
	bind_text(&q, ":kind", kind);
	bind_id(&q, ":parent", parent_id);
	bind_text(&q, ":leader", leader);
	bind_id(&q, ":worker", d->accounts[ROLE_GRID]);
	bind_day(&q, ":from", day_from_civil(2020, 1, 1));
	return stmt_run(&q, e);
}

static enum rc insert_estate(struct demo *d, size_t i, int x_m, int y_m, struct err *e)
{
	struct demo_estate *estate = &d->estates[i];
	enum rc rc;

	if ((rc = demo_new_id(d, &estate->id, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO estate (id, name, kind, address, built_year, property_company, x_m, y_m)"
		" VALUES (:id, :name, :kind, :address, :built, :company, :x, :y)");
	AUTO_FREE char *address = mem_format("西林路%zu号", 10 + i * 12);

	bind_int(&q, ":id", estate->id);
	bind_text(&q, ":name", estate->name);
	bind_text(&q, ":kind", estate->kind == 'v' ? "village" : "estate");
	bind_text(&q, ":address", address);
	bind_int(&q, ":built", estate_rows[i].built_year);
	bind_text(&q, ":company", estate->kind == 'c' || estate->kind == 'r' ? property_companies[i % COUNT(property_companies)] : NULL);
	bind_int(&q, ":x", x_m);
	bind_int(&q, ":y", y_m);
	return stmt_run(&q, e);
}

static enum rc insert_building(struct demo *d, size_t estate, int number, int64_t microgrid_id, int x_m, int y_m, struct err *e)
{
	struct demo_building *b = &d->buildings[d->n_buildings];
	struct shape shape = shape_of(d->estates[estate].kind);
	enum rc rc;

	*b = (struct demo_building){
		.grid_id = d->estates[estate].grid_id, .estate = (int)estate, .doors = shape.doors,
		.units = demo_between(&d->random, shape.min_units, shape.max_units), .floors = demo_between(&d->random, shape.min_floors, shape.max_floors),
	};
	b->lift = b->floors > 7;
	snprintf(b->number, sizeof b->number, "%d", number);
	if ((rc = demo_new_id(d, &b->id, e)) != RC_OK)
		return rc;
	AUTO_FREE char *name = mem_format("%d幢", number);
	AUTO_FREE char *point = mem_format("%s友邻点", d->estates[estate].name);
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO building (id, estate_id, number, name, units, floors, lift, microgrid_id, point, x_m, y_m)"
		" VALUES (:id, :estate, :number, :name, :units, :floors, :lift, :microgrid, :point, :x, :y)");
	bind_int(&q, ":id", b->id);
	bind_int(&q, ":estate", d->estates[estate].id);
	bind_text(&q, ":number", b->number);
	bind_text(&q, ":name", name);
	bind_int(&q, ":units", b->units);
	bind_int(&q, ":floors", b->floors);
	bind_int(&q, ":lift", b->lift);
	bind_int(&q, ":microgrid", microgrid_id);
	bind_text(&q, ":point", point);
	bind_int(&q, ":x", x_m);
	bind_int(&q, ":y", y_m);
	if ((rc = stmt_run(&q, e)) == RC_OK)
		d->n_buildings++;
	return rc;
}

/* One estate with its grid, micro grids and buildings; every micro grid has at least one building. */
static enum rc make_estate(struct demo *d, size_t i, int microgrids, struct err *e)
{
	struct demo_estate *estate = &d->estates[i];
	int x_m = ((int)(i % RASTER_COLUMNS) - RASTER_COLUMNS / 2) * RASTER_M + demo_between(&d->random, -60, 60);
	int y_m = ((int)(i / RASTER_COLUMNS) - 2) * RASTER_M + demo_between(&d->random, -60, 60);
	int buildings = demo_between(&d->random, 4, 5);
	int64_t micro_ids[8];
	char code[16], name[48];
	enum rc rc;

	*estate = (struct demo_estate){ .name = estate_rows[i].name, .kind = estate_rows[i].kind };
	snprintf(code, sizeof code, "%02zu", i + 1);
	snprintf(name, sizeof name, "%s网格", estate->name);
	if ((rc = insert_grid(d, code, name, "grid", 0, &estate->grid_id, e)) != RC_OK || (rc = insert_estate(d, i, x_m, y_m, e)) != RC_OK)
		return rc;
	for (int k = 0; k < microgrids; k++) {
		snprintf(code, sizeof code, "%02zu-%d", i + 1, k + 1);
		snprintf(name, sizeof name, "%s%d微网格", estate->name, k + 1);
		if ((rc = insert_grid(d, code, name, "micro", estate->grid_id, &micro_ids[k], e)) != RC_OK)
			return rc;
	}
	for (int k = 0; k < buildings; k++) {
		int bx = x_m + (k % 3 - 1) * 55 + demo_between(&d->random, -8, 8), by = y_m + (k / 3) * 45 + demo_between(&d->random, -8, 8);

		if ((rc = insert_building(d, i, k + 1, micro_ids[k % microgrids], bx, by, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc make_special_grids(struct demo *d, struct err *e)
{
	char code[16], name[48];
	int64_t id;
	enum rc rc;

	for (int i = d->figures.estates; i < d->figures.grids; i++) {
		snprintf(code, sizeof code, "%02d", i + 1);
		snprintf(name, sizeof name, "%s专属网格", special_grids[(size_t)(i - d->figures.estates) % COUNT(special_grids)]);
		if ((rc = insert_grid(d, code, name, "special", 0, &id, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc demo_make_places(struct demo *d, struct err *e)
{
	int estates = d->figures.estates, left = d->figures.microgrids;
	AUTO_TXN t = { 0 };
	enum rc rc;

	d->estates = mem_alloc((size_t)estates * sizeof *d->estates);
	d->n_estates = (size_t)estates;
	d->buildings = mem_alloc((size_t)estates * 5 * sizeof *d->buildings);
	if ((rc = txn_begin(&t, d->of->st, "demo.places", e)) != RC_OK)
		return rc;
	for (int i = 0; i < estates; i++) {
		int share = (left + estates - i - 1) / (estates - i);

		left -= share;
		if ((rc = make_estate(d, (size_t)i, share, e)) != RC_OK)
			return rc;
		demo_tell(d, "小区和网格", (size_t)i + 1, (size_t)estates);
	}
	if ((rc = make_special_grids(d, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
