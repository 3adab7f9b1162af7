/* What use cases are called in the journal. That every verb of the source has words is checked by tests/lint/verbs.py. */
#include "ui/change_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"

static void verbs_read_as_people_say_them(void **state)
{
	static const struct {
		const char *verb, *words;
	} cases[] = {
		{ "issue.triage.accept", "受理" }, { "issue.deliberate.back", "退回理事" },        /* steps: from their own table */
		{ "meeting.ballot", "记表决" }, { "decision.objection.handle", "处理异议" }, { "reveal", "查看完整号码" },
		{ "estate.save", "保存小区" }, { "building.delete", "删除楼栋" }, { "estate.restore", "恢复小区" },
		{ "undo 12", "撤销" },
		{ "spell.save", "其他操作" }, { "estate.paint", "其他操作" }, { "undone", "其他操作" }, { ".save", "其他操作" }, { "", "其他操作" },
	};
	struct desk *d = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		change_verb(&d->of, cases[i].verb, &out);
		if (strcmp(strbuf_str(&out), cases[i].words) != 0)
			fail_msg("\"%s\": %s", cases[i].verb, strbuf_str(&out));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(verbs_read_as_people_say_them) };

	return cmocka_run_group_tests_name("ui-change-verb", tests, desk_setup, desk_teardown);
}
