/* What every card says in the same way. */
#include "ui/widgets/card_words.h"

#include "base/day.h"
#include "base/text.h"
#include "domain/register.h"

void card_fact_styled(struct card_view *v, const char *label, const char *text, enum style style)
{
	if (text[0])
		card_view_fact(v, label, text, style, 0, 0);
}

void card_fact(struct card_view *v, const char *label, const char *text)
{
	card_fact_styled(v, label, text, STYLE_TEXT);
}

void card_field(const struct app *app, struct card_view *v, const char *label, const char *form, const char *field, const char *raw, enum style style)
{
	const struct field *f = form_field(form_find(app->of->forms, form), field);
	AUTO_STRBUF text = { 0 };

	if (raw[0] == '\0')
		return;
	register_show(app->of, f, raw, 0, &text);
	card_fact_styled(v, label ? label : f->label, strbuf_str(&text), style);
}

void card_heading(struct card_view *v, const char *word, size_t n)
{
	AUTO_STRBUF text = { 0 };

	strbuf_format(&text, n > 0 ? "%s %zu" : "%s", word, n);
	card_view_heading(v, strbuf_str(&text));
}

void card_day(const struct app *app, struct strbuf *out, const char *before, int32_t day)
{
	if (day == DAY_NONE)
		return;
	strbuf_add(out, before);
	day_format_near(out, day, app->today);
}

void card_cells(struct strbuf *line, const struct card_column *columns, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (columns[i].cols == 0) {
			strbuf_add(line, cells[i]);
			continue;
		}
		text_fit(line, cells[i], columns[i].cols - 1, ALIGN_LEFT);
		strbuf_add_char(line, ' ');
	}
}

void card_headings(struct canvas *c, int row, int col, const struct card_column *columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		col = canvas_text(c, row, col, columns[i].cols ? columns[i].cols : text_width(columns[i].title), STYLE_HEADING, columns[i].title);
}
