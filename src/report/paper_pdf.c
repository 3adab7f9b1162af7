/* A paper as PDF: a font that has Chinese, a surface in memory, a file written whole. */
#include "report/paper.h"

#include <cairo-pdf.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "paper_pdf.h"
#include "press.h"

#define FONTS "WenQuanYi Micro Hei, Noto Sans CJK SC"      /* the first is TrueType: see galley.c */
#define LANGUAGE "zh-cn"               /* of several shapes of one character, that of the mainland */

/* 议: a font without it draws boxes. */
#define PROBE 0x8BAE

/* pango warns on the terminal where a font is missing; what is wrong is said by paper_render() instead. */
static void swallow(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data)
{
	(void)domain; (void)level; (void)text; (void)data;
}

static bool has_chinese(PangoContext *context)
{
	PangoFontset *set = pango_context_load_fontset(context, pango_context_get_font_description(context), pango_context_get_language(context));
	PangoFont *font = set ? pango_fontset_get_font(set, PROBE) : NULL;
	bool has = font && pango_font_has_char(font, PROBE);

	if (font)
		g_object_unref(font);
	if (set)
		g_object_unref(set);
	return has;
}

static PangoContext *open_context(PangoFontMap *map, const char *fonts)
{
	PangoContext *context = pango_font_map_create_context(map);
	PangoFontDescription *font = pango_font_description_new();
	cairo_font_options_t *options = cairo_font_options_create();

	pango_font_description_set_family(font, text_is_blank(fonts) ? FONTS : fonts);
	pango_context_set_font_description(context, font);
	pango_font_description_free(font);
	pango_context_set_language(context, pango_language_from_string(LANGUAGE));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
	pango_cairo_context_set_resolution(context, 72);
	/* places of letters as they are, not as a screen would round them */
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	pango_context_set_round_glyph_positions(context, FALSE);
	cairo_font_options_destroy(options);
	return context;
}

static cairo_status_t take_bytes(void *out, const unsigned char *bytes, unsigned n)
{
	strbuf_add_n(out, (const char *)bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

static enum rc print_pages(PangoContext *context, const struct paper *p, struct strbuf *out, struct err *e)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, out, PAGE_WIDTH, PAGE_HEIGHT);
	cairo_t *cr = cairo_create(surface);
	cairo_status_t status;

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, p->number);
	press_pages(cr, context, p);
	status = cairo_status(cr);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	return status == CAIRO_STATUS_SUCCESS ? RC_OK : err_set(e, RC_IO, NULL, "排不出 PDF：%s", cairo_status_to_string(status));
}

enum rc paper_render(const struct paper *p, const char *fonts, struct strbuf *out, struct err *e)
{
	GLogFunc before = g_log_set_default_handler(swallow, NULL);
	PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	PangoContext *context = open_context(map, fonts);
	AUTO_STRBUF pages = { 0 };
	enum rc rc = has_chinese(context) ? print_pages(context, p, &pages, e)
	           : err_set(e, RC_NOTFOUND, NULL, "没有装中文字体，打出来会是方框。请管理员安装 fonts-wqy-microhei");

	g_object_unref(context);
	g_object_unref(map);
	g_log_set_default_handler(before, NULL);
	if (rc == RC_OK)
		strbuf_add_n(out, strbuf_str(&pages), pages.n);
	return rc;
}

enum rc paper_pdf(const struct paper *p, const char *fonts, const char *path, bool replace, struct err *e)
{
	AUTO_STRBUF pages = { 0 };
	enum rc rc;

	if ((rc = paper_render(p, fonts, &pages, e)) != RC_OK)
		return rc;
	return file_write(path, strbuf_str(&pages), pages.n, replace, e);
}
