/* The demo's households and residents, made to exact figures. Nobody in it exists. */
#include "demo_make.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/identity.h"
#include "base/mem.h"
#include "demo_family.h"
#include "store/seal.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define DIVISION "999999"              /* of no place: every id number of the demo begins with it */
#define PHONE_FORMAT "1990000%04d"
#define PHONES 10000
#define FIRST_DAY_OF_IDS (-25567)      /* 1900-01-01 */
#define DAYS_OF_IDS (200 * 366)
#define MINUTE_MS 60000

/* One household to be: where, and who. */
struct plan {
	size_t building;
	int unit, floor, door;
	struct family family;
};

struct people {
	struct demo *d;
	struct plan *plans;
	size_t n_plans;
	int32_t today;
	int *phones;                      /* four digits, shuffled */
	size_t next_phone;
	unsigned short *orders;           /* how many id numbers each birthday has */
};

/* Where --------------------------------------------------------------------------------------------------------------------------- */

/* `households` homes, spread over the buildings by their size. */
static void plan_homes(struct people *p, size_t households)
{
	struct demo *d = p->d;
	size_t doors = 0, before = 0;

	for (size_t i = 0; i < d->n_buildings; i++)
		doors += (size_t)(d->buildings[i].units * d->buildings[i].floors * d->buildings[i].doors);
	for (size_t i = 0, seen = 0; i < d->n_buildings; i++) {
		const struct demo_building *b = &d->buildings[i];
		size_t here = (size_t)(b->units * b->floors * b->doors), upto, first;

		seen += here;
		upto = seen * households / doors;
		first = demo_below(&d->random, (uint32_t)here);
		for (size_t k = 0; k < upto - before && k < here; k++) {
			size_t at = (first + k * here / (upto - before)) % here;

			p->plans[p->n_plans++] = (struct plan){
				.building = i, .unit = (int)(at / (size_t)(b->floors * b->doors)) + 1,
				.floor = (int)(at / (size_t)b->doors % (size_t)b->floors) + 1, .door = (int)(at % (size_t)b->doors) + 1,
			};
		}
		before = upto;
	}
}

static void plan_families(struct people *p, size_t residents)
{
	struct demo *d = p->d;
	size_t n = 0, idle = 0;

	for (size_t i = 0; i < p->n_plans; i++) {
		family_make(&d->random, d->estates[d->buildings[p->plans[i].building].estate].kind, &p->plans[i].family);
		n += p->plans[i].family.n;
	}
	/* Bring the sum to the figure, household by household; give up where none can change any more. */
	for (size_t i = 0; n != residents && idle < p->n_plans; i = (i + 1) % p->n_plans) {
		bool changed = n < residents ? family_grow(&d->random, &p->plans[i].family) : family_shrink(&p->plans[i].family);

		idle = changed ? 0 : idle + 1;
		if (changed)
			n += n < residents ? 1 : (size_t)-1;
	}
}

/* Who ------------------------------------------------------------------------------------------------------------------------------ */

static void shuffle_phones(struct people *p)
{
	for (int i = 0; i < PHONES; i++)
		p->phones[i] = i;
	for (int i = PHONES - 1; i > 0; i--) {
		int k = (int)demo_below(&p->d->random, (uint32_t)i + 1), kept = p->phones[i];

		p->phones[i] = p->phones[k];
		p->phones[k] = kept;
	}
}

static void give_phone(struct people *p, char phone[12])
{
	snprintf(phone, 12, PHONE_FORMAT, p->phones[p->next_phone++ % PHONES]);
}

/* A right number, of a division that does not exist; no two alike. */
static void give_id_number(struct people *p, int32_t born, int sex, char number[19])
{
	int year, month, day, order = p->orders[born - FIRST_DAY_OF_IDS]++;

	day_to_civil(born, &year, &month, &day);
	snprintf(number, 19, DIVISION "%04d%02d%02d%03d", year, month, day, order * 2 % 998 + (sex == 1 ? 1 : 2));
	number[17] = idnumber_check_character(number);
	number[18] = '\0';
}

struct person {
	int64_t id;
	char name[24], phone[12], id_number[19], care[80];
	const char *kind, *presence, *politics, *ethnic, *marriage, *employer, *care_level, *visit_level, *health, *note;
	int32_t born;
	int age;
};

static void add_care(struct person *one, const char *tag)
{
	size_t n = strlen(one->care);

	snprintf(one->care + n, sizeof one->care - n, "%s%s", n ? " " : "", tag);
}

/* Tags in the order of the code list, so that the same choice is the same text. */
static void give_care(struct people *p, const struct family *f, struct person *one)
{
	static const char *const illnesses[] = {
		"高血压", "糖尿病，注射胰岛素", "脑梗后遗症，右侧行动不便", "冠心病", "白内障，视力差", "膝关节置换术后", "慢性支气管炎",
	};
	static const char *const notes[] = { "听力不好，敲门要久一点", "家里养狗，进门先打电话", "腿脚慢，敲门等两分钟", "备用钥匙在邻居家", "午后一点到三点休息" };
	struct demo_random *r = &p->d->random;
	bool elder = one->age >= 65, frail = elder && demo_chance(r, one->age >= 80 ? 220 : 60);

	if (f->kind == ELDER_ALONE)
		add_care(one, "alone");
	if (f->kind == ELDER_COUPLE)
		add_care(one, "empty");
	if (one->age >= 80)
		add_care(one, "aged80");
	if (frail)
		add_care(one, "disabled");
	if (elder && demo_chance(r, one->age >= 80 ? 60 : 15))
		add_care(one, "dementia");
	if (demo_chance(r, 22))
		add_care(one, "handicap");
	if (demo_chance(r, 8))
		add_care(one, "lowincome");
	if (elder && demo_chance(r, 12))
		add_care(one, demo_chance(r, 500) ? "bereaved" : "veteran");
	if (one->age < 18 && demo_chance(r, 4))
		add_care(one, "child");
	if (elder)
		one->care_level = frail ? DEMO_PICK(r, ((const char *const[]){ "mild", "moderate", "severe" })) : "intact";
	if (frail || f->kind == ELDER_ALONE)
		one->visit_level = frail && f->kind == ELDER_ALONE ? "high" : "key";
	if (elder && demo_chance(r, 300))
		one->health = DEMO_PICK(r, illnesses);
	if (elder && demo_chance(r, 120))
		one->note = DEMO_PICK(r, notes);
}

static void give_status(struct people *p, const struct family *f, const struct family_member *m, struct person *one)
{
	static const char *const employers[] = {
		"平湖某服装厂", "平湖某箱包厂", "独山港某化工企业", "社区卫生服务中心", "某小学", "个体经营", "某电子厂", "某物流公司", "机关退休", "灵活就业",
	};
	static const char *const minorities[] = { "土家族", "苗族", "回族", "布依族", "侗族", "畲族" };
	struct demo_random *r = &p->d->random;
	bool tenant = f->kind == TENANTS;

	one->kind = !tenant ? "local" : demo_chance(r, 250) ? "newcomer" : "floating";
	one->presence = tenant ? "livesin" : demo_chance(r, 60) ? "away" : "both";
	one->politics = one->age < 14 ? NULL : one->age >= 18 && demo_chance(r, one->age > 50 ? 140 : 70) ? "party" : one->age < 28 && demo_chance(r, 400) ? "league" : "mass";
	one->ethnic = tenant && demo_chance(r, 60) ? DEMO_PICK(r, minorities) : "汉族";
	one->marriage = one->age < 22 ? "single" : f->kind == ELDER_ALONE ? "widowed" : f->kind == SINGLE_PARENT && m == f->members ? "divorced" :
	                f->kind == SINGLE || (tenant && demo_chance(r, 450)) || m->relation[0] == 'd' || strcmp(m->relation, "son") == 0 ? "single" : "married";
	one->employer = one->age >= 22 && one->age < 62 && demo_chance(r, 600) ? DEMO_PICK(r, employers) : NULL;
}

/* The family's name goes from the head's father to the head's children; who married in and who rents has another. */
static const char *surname_of(struct people *p, const struct family *f, size_t i, const char *head_surname)
{
	const struct family_member *m = &f->members[i];
	bool of_family = i == 0 || strcmp(m->relation, "son") == 0 || strcmp(m->relation, "daughter") == 0 ||
	                 (strcmp(m->relation, "parent") == 0 && m->sex == 1);

	return of_family ? head_surname : demo_surname(&p->d->random);
}

static void make_person(struct people *p, const struct family *f, size_t i, const char *head_surname, struct person *one)
{
	const struct family_member *m = &f->members[i];
	struct demo_random *r = &p->d->random;
	char given[16];
	int year, month, day;

	memset(one, 0, sizeof *one);
	one->born = p->today - (int32_t)((m->age * 36525L) / 100) - demo_between(r, 1, 360);
	one->age = day_age_years(one->born, p->today);
	day_to_civil(one->born, &year, &month, &day);
	demo_given_name(r, m->sex, year, given);
	snprintf(one->name, sizeof one->name, "%s%s", surname_of(p, f, i, head_surname), given);
	give_id_number(p, one->born, m->sex, one->id_number);
	if (one->age >= 12 && demo_chance(r, one->age >= 75 ? 800 : 970))
		give_phone(p, one->phone);
	give_status(p, f, m, one);
	give_care(p, f, one);
}

/* Rows ----------------------------------------------------------------------------------------------------------------------------- */

static void bind_sealed(struct demo *d, struct stmt *q, const char *parameter, int64_t id, const char *column, const char *plain)
{
	AUTO_FREE unsigned char *sealed = NULL;
	size_t n;

	if (plain == NULL) {
		bind_null(q, parameter);
		return;
	}
	seal_text(d->of->st, "resident", id, column, plain, &sealed, &n);
	bind_blob(q, parameter, sealed, n);
}

static enum rc insert_resident(struct people *p, const struct family_member *m, const struct person *one, int64_t household_id,
                               const struct person *helper, struct err *e)
{
	struct demo *d = p->d;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO resident (id, household_id, name, sex, born_day, id_kind, id_number, phone, relation, presence, kind, politics, ethnic, marriage,"
		" employer, care_tags, care_level, visit_level, health_note, emergency_name, emergency_relation, emergency_phone, consent_day, note)"
		" VALUES (:id, :household, :name, :sex, :born, 'id18', :id_number, :phone, :relation, :presence, :kind, :politics, :ethnic, :marriage,"
		" :employer, :care, :care_level, :visit_level, :health, :emergency_name, :emergency_relation, :emergency_phone, :consent, :note)");

	bind_int(&q, ":id", one->id);
	bind_int(&q, ":household", household_id);
	bind_text(&q, ":name", one->name);
	bind_text(&q, ":sex", m->sex == 1 ? "1" : "2");
	bind_day(&q, ":born", one->born);
	bind_sealed(d, &q, ":id_number", one->id, "id_number", one->id_number);
	bind_words(&q, ":phone", one->phone);
	bind_text(&q, ":relation", m->relation);
	bind_text(&q, ":presence", one->presence);
	bind_text(&q, ":kind", one->kind);
	bind_text(&q, ":politics", one->politics);
	bind_text(&q, ":ethnic", one->ethnic);
	bind_text(&q, ":marriage", one->marriage);
	bind_text(&q, ":employer", one->employer);
	bind_words(&q, ":care", one->care);
	bind_text(&q, ":care_level", one->care_level);
	bind_text(&q, ":visit_level", one->visit_level);
	bind_sealed(d, &q, ":health", one->id, "health_note", one->health);
	bind_text(&q, ":emergency_name", helper ? helper->name : NULL);
	bind_text(&q, ":emergency_relation", helper ? "子女" : NULL);
	bind_text(&q, ":emergency_phone", helper && helper->phone[0] ? helper->phone : NULL);
	bind_day(&q, ":consent", demo_chance(&d->random, 850) ? p->today - demo_between(&d->random, 200, 1400) : DAY_NONE);
	bind_text(&q, ":note", one->note);
	return stmt_run(&q, e);
}

static enum rc insert_household(struct people *p, const struct plan *plan, int64_t id, int64_t head_id, const char *unit, const char *room,
                                struct err *e)
{
	struct demo *d = p->d;
	char kind = d->estates[d->buildings[plan->building].estate].kind;
	bool tenants = plan->family.kind == TENANTS;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO household (id, building_id, unit, floor, room, tenure, registration, head_id, visited_day)"
		" VALUES (:id, :building, :unit, :floor, :room, :tenure, :registration, :head, :visited)");

	bind_int(&q, ":id", id);
	bind_int(&q, ":building", d->buildings[plan->building].id);
	bind_text(&q, ":unit", unit);
	bind_int(&q, ":floor", plan->floor);
	bind_text(&q, ":room", room);
	bind_text(&q, ":tenure", tenants ? "rent" : kind == 'r' ? "resettled" : "own");
	bind_text(&q, ":registration", tenants ? "none" : "family");
	bind_int(&q, ":head", head_id);
	bind_day(&q, ":visited", demo_chance(&d->random, 700) ? p->today - demo_between(&d->random, 3, 180) : DAY_NONE);
	return stmt_run(&q, e);
}

/* Who may come to the desk. */
static void remember(struct people *p, const struct plan *plan, const struct person *one, const char *unit, const char *room)
{
	struct demo *d = p->d;
	struct demo_person *person = &d->people[d->n_people];

	if (one->age < 18 || one->phone[0] == '\0')
		return;
	*person = (struct demo_person){ .id = one->id, .building = plan->building, .building_id = d->buildings[plan->building].id,
	                                .grid_id = d->buildings[plan->building].grid_id };
	memcpy(person->name, one->name, sizeof person->name);
	memcpy(person->phone, one->phone, sizeof person->phone);
	snprintf(person->unit, sizeof person->unit, "%s", unit);
	snprintf(person->room, sizeof person->room, "%s", room);
	d->n_people++;
}

/* The child of elders, who lives elsewhere: a name and a telephone, no record. */
static void make_helper(struct people *p, const char *surname, bool wanted, struct person *one)
{
	char given[16];

	memset(one, 0, sizeof *one);
	if (!wanted)
		return;
	demo_given_name(&p->d->random, demo_between(&p->d->random, 1, 2), 1972, given);
	snprintf(one->name, sizeof one->name, "%s%s", surname, given);
	give_phone(p, one->phone);
}

static enum rc make_household(struct people *p, const struct plan *plan, struct err *e)
{
	struct demo *d = p->d;
	const struct family *f = &plan->family;
	const char *surname = demo_surname(&d->random);
	bool elders = f->kind == ELDER_ALONE || f->kind == ELDER_COUPLE;
	struct person all[FAMILY_MAX], away;
	char unit[8], room[8];
	int64_t id;
	enum rc rc;

	snprintf(unit, sizeof unit, "%d", plan->unit);
	snprintf(room, sizeof room, "%d%02d", plan->floor, plan->door);
	if ((rc = demo_new_id(d, &id, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < f->n; i++) {
		make_person(p, f, i, surname, &all[i]);
		if ((rc = demo_new_id(d, &all[i].id, e)) != RC_OK)
			return rc;
	}
	make_helper(p, surname, elders, &away);
	if ((rc = insert_household(p, plan, id, all[0].id, unit, room, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < f->n; i++) {
		if ((rc = insert_resident(p, &f->members[i], &all[i], id, elders && all[i].age >= 65 ? &away : NULL, e)) != RC_OK)
			return rc;
		remember(p, plan, &all[i], unit, room);
	}
	return RC_OK;
}

/* One transaction a building. */
static enum rc make_building(struct people *p, size_t *at, struct err *e)
{
	size_t building = p->plans[*at].building;
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, p->d->of->st, "demo.people", e)) != RC_OK)
		return rc;
	for (; *at < p->n_plans && p->plans[*at].building == building; ++*at)
		if ((rc = make_household(p, &p->plans[*at], e)) != RC_OK)
			return rc;
	p->d->clock += 5 * MINUTE_MS;
	return txn_commit(&t, e);
}

enum rc demo_make_people(struct demo *d, struct err *e)
{
	size_t households = (size_t)d->figures.households, residents = (size_t)d->figures.residents;
	struct people p = { .d = d, .today = day_of_instant(d->now) };
	AUTO_FREE struct plan *plans = mem_alloc(households * sizeof *plans);
	AUTO_FREE int *phones = mem_alloc(PHONES * sizeof *phones);
	AUTO_FREE unsigned short *orders = mem_alloc(DAYS_OF_IDS * sizeof *orders);
	enum rc rc = RC_OK;

	p.plans = plans;
	p.phones = phones;
	p.orders = orders;
	d->people = mem_alloc(residents * sizeof *d->people);
	shuffle_phones(&p);
	plan_homes(&p, households);
	plan_families(&p, residents);
	for (size_t at = 0; at < p.n_plans && rc == RC_OK;) {
		rc = make_building(&p, &at, e);
		demo_tell(d, "住户和居民", at, p.n_plans);
	}
	return rc;
}
