/* The script of raising an issue, and what is remembered of it. */
#include "desk.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../screen/test.h"
#include "base/err.h"
#include "base/mem.h"

#define PATIENCE_MS 20000
#define BODY_BURSTS 12
#define NOT_SEEN LONG_MAX

enum what { KEY, NAME, CATEGORY, TITLE, BODY, SAVE };

/* When `shown` is on the screen, `what` is sent. A draft of an earlier round is offered first: it stays where it is. */
static const struct step { const char *shown; enum what what; const char *key; } script[] = {
	{ "F2提事",       KEY, "F2" },
	{ "┌ 提事登记",   KEY, "Tab" },                    /* 提事人 → 姓名 */
	{ "┌ 提事登记",   NAME, NULL },
	{ "┌ 提事登记",   KEY, "Tab" },
	{ "┌ 提事登记",   KEY, "Tab" },                    /* 分类 */
	{ "┌ 提事登记",   CATEGORY, NULL },
	{ "┌ 提事登记",   KEY, "Enter" },                  /* 标题 */
	{ "┌ 提事登记",   TITLE, NULL },
	{ "┌ 提事登记",   KEY, "Tab" },
	{ "┌ 提事登记",   KEY, "Tab" },
	{ "┌ 提事登记",   KEY, "Tab" },
	{ "┌ 提事登记",   KEY, "Tab" },
	{ "┌ 提事登记",   KEY, "Tab" },                    /* 内容 */
	{ "┌ 提事登记",   BODY, NULL },
	{ "┌ 提事登记",   SAVE, "^S" },
};

long clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

void desk_open(struct desk *k, const struct demo *d, const char *login, int index, int round)
{
	*k = (struct desk){ .login = login, .index = index, .random = (uint64_t)round * 64 + (uint64_t)index + 1, .made = round * 1000 };
	k->t = demo_start_as(d, 24, 80, login);
	k->due_ms = k->since_ms = clock_ms();
}

static void type_title(struct desk *k)
{
	k->made++;
	snprintf(k->title, sizeof k->title, "窗口%d第%d件水管漏水", k->index, k->made);
	strbuf_truncate(&k->body, 0);
	k->bursts[0] = (struct burst){ NOT_SEEN, 0 };
	k->n_bursts = 1;
	terminal_type(k->t, k->title);
}

/* Every third resident tells a long story: its draft is what a kill meets. */
static bool is_long(const struct desk *k)
{
	return k->made % 3 == 2;
}

/* Another burst of the body; true when it is long enough. */
static bool type_body(struct desk *k)
{
	static const char *const words[] = { "楼道里", "水管漏了", "三天", "没人来修，", "老人", "下楼不方便。", "已经", "打过", "物业电话，", "说等等", "1单元", "地上全是水" };
	const char *word = words[random_below(&k->random, COUNT(words))];

	strbuf_add(&k->body, word);
	k->bursts[k->n_bursts++] = (struct burst){ NOT_SEEN, k->body.n };
	terminal_type(k->t, word);
	return k->n_bursts == COUNT(k->bursts) || (!is_long(k) && k->n_bursts > BODY_BURSTS);
}

static void send_step(struct desk *k, const struct step *s)
{
	bool done = true;

	switch (s->what) {
	case NAME:
		terminal_type(k->t, "王小二");
		break;
	case CATEGORY:
		terminal_type(k->t, "漏水");
		break;
	case TITLE:
		type_title(k);
		break;
	case BODY:
		done = type_body(k);
		break;
	case KEY:
	case SAVE:
		terminal_press(k->t, s->key);
		break;
	}
	k->step += done;
	k->since_ms = clock_ms();
	k->due_ms = k->since_ms + 5 + (long)random_below(&k->random, s->what != BODY ? 20 : is_long(k) ? 250 : 60);
}

static bool read_number(const char *row, char number[32])
{
	static const char said[] = "已保存 ";
	const char *at = strstr(row, said);
	size_t n;

	if (at == NULL)
		return false;
	at += strlen(said);
	n = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
	if (n < 12 || n >= 32)
		return false;
	memcpy(number, at, n);
	number[n] = '\0';
	return true;
}

void desk_look_for_number(struct desk *k)
{
	char number[32];

	if (k->title[0] == '\0' || !read_number(terminal_row(k->t, 22), number) || strcmp(number, k->last_number) == 0)
		return;
	if (clock_ms() - k->since_ms > k->slowest_ms)
		k->slowest_ms = clock_ms() - k->since_ms;
	k->done = mem_grow(k->done, &k->cap_done, k->n_done + 1, sizeof *k->done);
	k->done[k->n_done] = (struct acknowledged){ .body = mem_copy(strbuf_str(&k->body)) };
	strcpy(k->done[k->n_done].number, number);
	strcpy(k->done[k->n_done].title, k->title);
	strcpy(k->last_number, number);
	k->n_done++;
	k->title[0] = '\0';
	k->step = 0;
	k->since_ms = clock_ms();
}

static void complain_if_stuck(struct desk *k)
{
	if (terminal_ended(k->t) || terminal_shows(k->t, "未能") || terminal_shows(k->t, "没有存上") || clock_ms() - k->since_ms > PATIENCE_MS)
		fail_msg("desk %d, step %zu of issue %d: %s; the screen is:\n%s", k->index, k->step, k->made,
		         terminal_ended(k->t) ? "the program has ended" : "an error or no answer", terminal_screen(k->t));
}

/* The program has answered: what was sent before is what a person now takes for typed, however late a busy machine was with it. */
static void take_answer(struct desk *k)
{
	size_t bytes;

	terminal_take(k->t, 0);
	bytes = terminal_state(k->t).bytes;
	if (bytes == k->answered)
		return;
	k->answered = bytes;
	for (size_t i = k->n_bursts; i > 0 && k->bursts[i - 1].at_ms == NOT_SEEN; i--)
		k->bursts[i - 1].at_ms = clock_ms();
}

void desk_step(struct desk *k)
{
	take_answer(k);
	if (clock_ms() < k->due_ms)
		return;
	if (k->step == COUNT(script)) {
		desk_look_for_number(k);
	} else if (k->step == 1 && terminal_shows(k->t, "草稿先留着")) {
		terminal_type(k->t, "2");
		k->due_ms = clock_ms() + 50;
	} else if (terminal_shows(k->t, script[k->step].shown)) {
		send_step(k, &script[k->step]);
		return;
	}
	complain_if_stuck(k);
	if (k->due_ms <= clock_ms())
		k->due_ms = clock_ms() + 10;
}

void desk_kill(struct desk *k)
{
	kill(terminal_process(k->t), SIGKILL);
	while (!terminal_ended(k->t))
		terminal_take(k->t, 100);
	if (k->step == COUNT(script))
		desk_look_for_number(k);
	assert_int_equal(terminal_stop(k->t), -SIGKILL);
	k->t = NULL;
}

void desk_finish(struct desk *k)
{
	while (k->title[0] != '\0' || k->step > 0) {
		desk_step(k);
		terminal_take(k->t, 5);
	}
	terminal_settle(k->t, 50, 2000);
	terminal_close(k->t);
	k->t = NULL;
}

void desk_release(struct desk *k)
{
	for (size_t i = 0; i < k->n_done; i++)
		free(k->done[i].body);
	free(k->done);
	strbuf_release(&k->body);
	*k = (struct desk){ 0 };
}
