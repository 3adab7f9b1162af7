/* Anything typed into any field of the shipped forms: refused with a clean sentence, or a value that survives being shown and typed again. */
#include <stdlib.h>
#include <string.h>

#include "../base/test.h"
#include "base/form.h"
#include "base/text.h"
#include "mutate.h"

#define TODAY 20781                  /* 2026-11-24 */

static const char *const typed_words[] = {
	"王秀英", "欧阳明", "今天", "明天", "+3", "-2", "1124", "2026-11-24", "周五", "0930", "9:30", "13812343321", "0573-85012345", "12.5", "￥1,200.50", "3.5万",
	"330482195001011230", "物业·漏水", "是", "no", "1", "0", "property.leak", "3幢2单元水管漏水", "老人 残疾人", "、，", "١٢٣", "１２３", "🙂", "㐀𠀀",
};

/* Typing again what the field itself gives must give the same value. */
static void check_round_trip(const struct field *f, const struct value *v)
{
	AUTO_STRBUF typed = { 0 }, shown = { 0 }, masked = { 0 };
	struct value again = { 0 };
	struct err e = { 0 };

	assert_int_equal(field_check(f, v, &e), RC_OK);
	field_typed(f, v, &typed);
	field_show(f, v, false, &shown);
	field_show(f, v, true, &masked);
	assert_int_equal(field_parse(f, strbuf_str(&typed), TODAY, &again, &e), RC_OK);
	if (!value_equal(v, &again))
		fail_msg("%s: typed again as '%s' it is another value", f->name, strbuf_str(&typed));
	if (f->sensitive && v->kind == VALUE_TEXT && strlen(v->text) > 8)
		assert_null(strstr(strbuf_str(&masked), v->text));
	value_clear(&again);
}

/* The screen cleans what is typed before a field sees it (text_clean); a draft or a file may bring it as it is. */
static void try_field(const struct field *f, const char *typed, bool cleaned, size_t *accepted)
{
	AUTO_STRBUF clean = { 0 };
	struct value v = { 0 };
	struct err e = { 0 };
	enum rc rc;

	if (cleaned)
		text_clean(&clean, typed, strlen(typed), f->type == FIELD_NOTE ? TEXT_NOTE : TEXT_LINE);
	rc = field_parse(f, cleaned ? strbuf_str(&clean) : typed, TODAY, &v, &e);
	if (rc == RC_OK && v.kind == VALUE_TEXT && f->type != FIELD_NOTE)
		assert_clean(v.text);
	if (rc == RC_OK && v.kind != VALUE_NONE)
		check_round_trip(f, &v);
	else if (rc != RC_OK)
		assert_refusal(&e, rc);
	*accepted += rc == RC_OK && v.kind != VALUE_NONE;
	value_clear(&v);
}

static void whatever_is_typed_into_a_field_is_refused_or_kept_as_it_is(void **state)
{
	const struct form_set *set = *state;
	struct rng r = { 11 };
	size_t rounds = fuzz_rounds(60), accepted = 0;

	for (size_t i = 0; i < form_count(set); i++) {
		const struct form *f = form_at(set, i);

		for (size_t k = 0; k < f->n * rounds; k++) {
			AUTO_STRBUF text = { 0 };

			strbuf_add(&text, typed_words[rng_below(&r, COUNT(typed_words))]);
			if (k % 3)
				mutate(&r, &text);
			try_field(&f->fields[k % f->n], strbuf_str(&text), k % 2, &accepted);
		}
	}
	assert_true(accepted > 1000);
}

static void a_hostile_word_never_comes_through_a_field(void **state)
{
	const struct form_set *set = *state;
	size_t accepted = 0;

	for (size_t i = 0; i < form_count(set); i++) {
		const struct form *f = form_at(set, i);

		for (size_t k = 0; k < f->n; k++) {
			for (size_t w = 0; w < hostile_word_count; w++) {
				AUTO_STRBUF text = { 0 };

				strbuf_format(&text, "王%s秀", hostile_words[w].bytes);
				try_field(&f->fields[k], strbuf_str(&text), false, &accepted);
				try_field(&f->fields[k], strbuf_str(&text), true, &accepted);
			}
		}
	}
}

static void a_megabyte_in_a_field_is_refused_quickly(void **state)
{
	const struct form_set *set = *state;
	const struct form *f = form_find(set, "issue");
	AUTO_STRBUF text = { 0 };

	while (text.n < 1024 * 1024)
		strbuf_add(&text, "西林寺社区");
	for (size_t k = 0; k < f->n; k++) {
		struct value v = { 0 };
		struct err e = { 0 };

		assert_refusal(&e, field_parse(&f->fields[k], strbuf_str(&text), TODAY, &v, &e));
		assert_int_equal(v.kind, VALUE_NONE);
	}
}

static int load_forms(void **state)
{
	struct form_set *set = NULL;
	struct err e = { 0 };

	if (form_set_load(&set, YL_SOURCE_DIR "/forms", "", &e) != RC_OK)
		fail_msg("%s", e.text);
	*state = set;
	return 0;
}

static int free_forms(void **state)
{
	form_set_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_is_typed_into_a_field_is_refused_or_kept_as_it_is),
		cmocka_unit_test(a_hostile_word_never_comes_through_a_field),
		cmocka_unit_test(a_megabyte_in_a_field_is_refused_quickly),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("fields with anything typed in", tests, load_forms, free_forms);
}
