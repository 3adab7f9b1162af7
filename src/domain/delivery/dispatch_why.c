/* Why somebody is left without a carrier, and whom to ask, in words. */
#include "dispatch_inside.h"

#define KIND_PERMILLE 50                 /* a carrier with more to carry costs so much more to ask */

static const char *name_of(const struct dispatch *d, const struct dispatch_problem *p, int32_t carrier)
{
	return d->carriers[p->carriers[carrier]].name;
}

static void add_rule(const struct dispatch *d, const struct dispatch_problem *p, const struct route_unserved *u, struct strbuf *out)
{
	const struct route_diner *diner = &p->p.diners[u->diner];
	int hot = p->p.hot_s / SECONDS;

	switch (u->rule) {
	case ROUTE_FORBIDDEN:
		strbuf_add(out, diner->firm ? "钉住的那位今天不能送" : "能来的人都登记了不上门");
		break;
	case ROUTE_TOO_MANY:
		strbuf_format(out, "%d份，没有人一趟带得了这么多", diner->meals);
		break;
	case ROUTE_TOO_FAR:
		strbuf_format(out, "太远：%s从食堂直接去也超过%d分钟的保温时间", name_of(d, p, u->carrier), hot);
		break;
	case ROUTE_NO_TIME:
		strbuf_format(out, "%s直接去直接回，也赶不上约定时段或自己的班次", name_of(d, p, u->carrier));
		break;
	case ROUTE_FULL:
		strbuf_format(out, "带不下：%d人已经装满", u->carriers[ROUTE_FULL]);
		break;
	case ROUTE_LATE:
		strbuf_format(out, "再加上他，%s的最后一户就超过%d分钟的保温时间", name_of(d, p, u->carrier), hot);
		break;
	case ROUTE_WINDOWS:
		strbuf_format(out, "再加上他，%s就赶不上别的老人约定的时段", name_of(d, p, u->carrier));
		break;
	case ROUTE_LONG:
		strbuf_format(out, "再加上他，%s回来就过了班次时间", name_of(d, p, u->carrier));
		break;
	default:
		strbuf_format(out, "%s排得下，但要绕太远", name_of(d, p, u->carrier));
	}
}

void dispatch_unserved_words(const struct dispatch *d, const struct dispatch_problem *p, const struct route_unserved *u, struct strbuf *out)
{
	int none = 0;

	for (int32_t i = 0; i < p->p.n_carriers; i++)
		none += p->p.carriers[i].capacity == 0;
	if (p->p.n_carriers == 0)
		strbuf_add(out, "这一餐没有能派的送餐志愿者，请先排班或加一位");
	else if (none == p->p.n_carriers)
		strbuf_add(out, "能派的志愿者一趟都带 0 份，请在志愿者资料里填「一趟带几份」");
	else if (u->carrier < 0)
		strbuf_add(out, "能来的人都登记了不上门");
	else
		add_rule(d, p, u, out);
	if (u->carrier >= 0 && u->rule > ROUTE_FULL && u->carriers[ROUTE_FULL] > 0)
		strbuf_format(out, "；另有%d人装满", u->carriers[ROUTE_FULL]);
	if (d->doors[p->orders[u->diner]].warnings & DISPATCH_UNPLACED)
		strbuf_add(out, "（楼栋没有坐标，按网格估算）");
}

void dispatch_recruit_kinds(const struct office *of, const struct dispatch *d, struct route_carrier *out)
{
	int64_t half = of->settings->route_unserved / 2 > 0 ? of->settings->route_unserved / 2 : 1;

	for (enum transport t = 0; t < TRANSPORT_COUNT; t++) {
		int meals = transport_meals(of->settings, t);

		out[t] = (struct route_carrier){
			.capacity = meals > 0 ? meals : 0, .speed = (int32_t)t, .from_s = d->day.leave_min * SECONDS, .to_s = (d->day.leave_min + 120) * SECONDS,
			.max_s = 120 * SECONDS, .cost = (int32_t)(half + half * KIND_PERMILLE * (int64_t)t / 1000),
		};
	}
}

void dispatch_recruit_words(const struct office *of, enum transport t, int n, int meals, struct strbuf *out)
{
	strbuf_format(out, "再请%d位%s送餐的志愿者（一趟%d份），可以多送%d份", n, office_code_label(of, "transport", transport_codes[t]),
	              transport_meals(of->settings, t), meals);
}
