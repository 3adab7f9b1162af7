/* Damaged INI and form files: refused with a clean sentence, or read exactly as they look. */
#include "base/ini.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/files.h"
#include "../base/test.h"
#include "base/form.h"
#include "base/mem.h"
#include "base/text.h"
#include "mutate.h"

static const char *const shipped[] = {
	"forms/issue.ini", "forms/resident.ini", "forms/codes.ini", "forms/phase-triage.ini", "config/youlin.ini", "config/holidays.ini",
};

/* Line `number` (from 1) of a text. */
static const char *line_at(const char *text, int number, size_t *n)
{
	while (--number > 0 && (text = strchr(text, '\n')) != NULL)
		text++;
	*n = text ? strcspn(text, "\n") : 0;
	return text;
}

/* Every value stands on the line that the entry names: nothing was made up, merged or taken from elsewhere. */
static void check_as_it_looks(const struct ini *ini, const char *text)
{
	for (size_t i = 0; i < ini->n; i++) {
		assert_clean(ini->sections[i].name);
		for (size_t k = 0; k < ini->sections[i].n; k++) {
			const struct ini_entry *at = &ini->sections[i].entries[k];
			size_t n;
			const char *line = line_at(text, at->line, &n);

			assert_clean(at->key);
			assert_clean(at->value);
			assert_non_null(line);
			if (memmem(line, n, at->value, strlen(at->value)) == NULL)
				fail_msg("line %d does not say '%s'", at->line, at->value);
		}
	}
}

static void try_ini(const struct folder *f, const struct strbuf *text)
{
	struct ini *ini = NULL;
	struct err e = { 0 };
	char path[256];
	enum rc rc;

	folder_write(f, "damaged.ini", strbuf_str(text), text->n, path);
	rc = ini_load(&ini, path, &e);
	if (rc == RC_OK) {
		check_as_it_looks(ini, strbuf_str(text));
	} else {
		assert_refusal(&e, rc);
		assert_non_null(strstr(e.text, "damaged.ini"));
		assert_null(ini);
	}
	ini_free(ini);
}

static void a_damaged_ini_file_is_refused_or_read_as_it_looks(void **state)
{
	struct rng r = { 20261124 };
	size_t rounds = fuzz_rounds(2500);

	for (size_t i = 0; i < rounds; i++) {
		AUTO_FREE char *path = mem_format(YL_SOURCE_DIR "/%s", shipped[i % COUNT(shipped)]);
		AUTO_STRBUF text = { 0 };

		read_whole_file(path, &text);
		mutate(&r, &text);
		try_ini(*state, &text);
	}
}

/* Every word at every border of a small file: what a random position seldom hits. */
static void a_hostile_word_anywhere_in_a_file_is_refused_or_read_as_it_looks(void **state)
{
	static const char small[] = "; n\n[a b]\nkey = value ; c\nq=\"x\"\n";

	for (size_t w = 0; w < hostile_word_count; w++) {
		for (size_t at = 0; at < sizeof small; at++) {
			AUTO_STRBUF text = { 0 };

			strbuf_add_n(&text, small, at);
			strbuf_add_n(&text, hostile_words[w].bytes, hostile_words[w].n);
			strbuf_add(&text, small + at);
			try_ini(*state, &text);
		}
	}
}

/* What a program may rely on once a form set was accepted. */
static void check_forms(const struct form_set *set)
{
	for (size_t i = 0; i < form_count(set); i++) {
		const struct form *f = form_at(set, i);

		assert_true(f->n > 0);
		assert_non_null(form_field(f, f->name_field));
		assert_clean(f->title);
		for (size_t k = 0; k < f->n; k++) {
			const struct field *field = &f->fields[k];

			assert_clean(field->label);
			assert_clean(field->help);
			assert_true(field->min <= field->max);
			assert_true(field->type != FIELD_CODE || field->codes != NULL);
			assert_true(field->type != FIELD_PICK || form_find(set, field->pick_form) != NULL);
			assert_true(field->shown_when_field == NULL || form_field(f, field->shown_when_field) != NULL);
			assert_true(!field->sealed || field->sensitive);
		}
		for (size_t k = 0; k < f->n_columns; k++)
			assert_ptr_equal(form_field(f, f->columns[k].field->name), f->columns[k].field);
	}
}

static void a_damaged_form_file_stops_the_start_or_gives_a_sound_form(void **state)
{
	static const char *const names[] = { "codes.ini", "building.ini", "estate.ini", "grid.ini", "community.ini", "account.ini" };
	const struct folder *folder = *state;
	struct rng r = { 7 };
	size_t rounds = fuzz_rounds(800), accepted = 0;
	struct strbuf whole[COUNT(names)] = { 0 };
	char path[256];

	for (size_t i = 0; i < COUNT(names); i++) {
		AUTO_FREE char *from = mem_format(YL_SOURCE_DIR "/forms/%s", names[i]);

		read_whole_file(from, &whole[i]);
		folder_write(folder, names[i], whole[i].s, whole[i].n, path);
	}
	for (size_t i = 0; i < rounds; i++) {
		size_t at = i % COUNT(names);
		AUTO_STRBUF text = { 0 };
		struct form_set *set = NULL;
		struct err e = { 0 };
		enum rc rc;

		strbuf_add_n(&text, whole[at].s, whole[at].n);
		mutate(&r, &text);
		folder_write(folder, names[at], strbuf_str(&text), text.n, path);
		rc = form_set_load(&set, folder->path, "", &e);
		if (rc == RC_OK)
			check_forms(set);
		else
			assert_refusal(&e, rc);
		accepted += rc == RC_OK;
		form_set_free(set);
		folder_write(folder, names[at], whole[at].s, whole[at].n, path);
	}
	for (size_t i = 0; i < COUNT(names); i++)
		strbuf_release(&whole[i]);
	assert_true(accepted > rounds / 50 && accepted < rounds);      /* both ways were tried */
}

static void nothing_is_printed_past_the_program(void **state)
{
	struct quiet q;
	struct rng r = { 3 };

	quiet_begin(&q);
	for (size_t i = 0; i < 300; i++) {
		AUTO_STRBUF text = { 0 };

		strbuf_add(&text, "[form]\ntable = issue\ntitle = \x1b[31m x\n");
		mutate(&r, &text);
		try_ini(*state, &text);
	}
	assert_int_equal(quiet_end(&q), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_damaged_ini_file_is_refused_or_read_as_it_looks, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_hostile_word_anywhere_in_a_file_is_refused_or_read_as_it_looks, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_damaged_form_file_stops_the_start_or_gives_a_sound_form, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(nothing_is_printed_past_the_program, folder_setup, folder_teardown),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("damaged INI and form files", tests, NULL, NULL);
}
