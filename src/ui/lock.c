/* The locked screen: covers everything, asks for the password of the one who is logged in, or lets another log in. What lies below stays as it is. */
#include <stdlib.h>

#include "base/mem.h"
#include "ui/alarm.h"
#include "ui/editor.h"
#include "ui/loop.h"
#include "ui/modal.h"

#define BOX_ROWS 8
#define BOX_COLS 56
#define PASSWORD_CLUSTERS 128

struct lock {
	struct editor *password;
	char *refusal;                /* in words; NULL: none */
	bool working;                 /* the password is being checked */
	bool log_out;
};

static void draw(const struct loop *l, void *state, struct canvas *c)
{
	const struct lock *lock = state;
	struct rect in = modal_box(c, BOX_ROWS, BOX_COLS, "已锁屏");
	int col;

	canvas_format(c, 0, 1, c->cols - 2, STYLE_TEXT, "%s · 友邻", l->app.of->community.name);
	canvas_format(c, in.row + 1, in.col + 2, in.cols - 4, STYLE_TEXT, "%s（%s）的屏幕，填到一半的都还在", l->app.of->me.name, l->app.of->me.login);
	col = canvas_put(c, in.row + 3, in.col + 2, 8, STYLE_LABEL, "密码  ");
	editor_draw(lock->password, c, (struct rect){ in.row + 3, col, 1, in.cols - 12 }, STYLE_FIELD_ACTIVE, true);
	if (lock->working)
		canvas_put(c, in.row + 5, in.col + 2, in.cols - 4, STYLE_DIM, "正在核对…");
	else if (lock->refusal)
		canvas_put(c, in.row + 5, in.col + 2, in.cols - 4, STYLE_ERROR, lock->refusal);
	if (alarm_stands(l))
		canvas_put(c, c->rows - 2, 1, c->cols - 2, alarm_style(l), " 有关爱核查要处理，请解锁 ");
	canvas_put(c, c->rows - 1, 1, c->cols - 2, STYLE_KEY_LABEL, "Enter解锁 F10换人登录（草稿保留）");
}

static enum modal_answer try_password(struct loop *l, struct lock *lock)
{
	struct err e = { 0 };

	lock->working = true;
	loop_paint(l);                /* the hash takes a moment */
	lock->working = false;
	if (account_unlock(l->app.of, editor_text(lock->password), &e) == RC_OK)
		return MODAL_DONE;
	free(lock->refusal);
	lock->refusal = mem_copy(e.text);
	editor_set(lock->password, "");
	return MODAL_WAIT;
}

static enum modal_answer key(struct loop *l, void *state, const struct key_event *ev)
{
	struct lock *lock = state;

	if (ev->key == YK_F10) {
		lock->log_out = true;
		return MODAL_LEFT;
	}
	if (ev->key == CTRL('L'))
		tty_redraw(l->tty);
	if (ev->key == YK_ENTER && !editor_is_empty(lock->password))
		return try_password(l, lock);
	editor_key(lock->password, ev);
	return MODAL_WAIT;
}

void lock_run(struct loop *l)
{
	struct lock lock = { .password = editor_new(false, PASSWORD_CLUSTERS) };

	editor_make_secret(lock.password);
	stack_leave_all(l);
	l->locked = true;
	modal_run(l, &(struct modal){ .covers = true, .draw = draw, .key = key, .state = &lock });
	l->locked = false;
	l->key_at = loop_clock();
	if (lock.log_out && l->ending == ENDING_NOT)
		l->ending = ENDING_LOGOUT;
	editor_free(lock.password);
	free(lock.refusal);
}
