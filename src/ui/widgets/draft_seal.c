/* Texts of sealed fields in drafts. */
#include "ui/widgets/draft_seal.h"

#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "store/seal.h"

#define TABLE "draft"

char *draft_seal(const struct store *st, int64_t account_id, const char *field, const char *text)
{
	AUTO_FREE unsigned char *bytes = NULL;
	struct strbuf hex = { 0 };
	size_t n = 0;

	seal_text(st, TABLE, account_id, field, text, &bytes, &n);
	for (size_t i = 0; i < n; i++)
		strbuf_format(&hex, "%02x", bytes[i]);
	return strbuf_take(&hex);
}

static int digit_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

enum rc draft_unseal(const struct store *st, int64_t account_id, const char *field, const char *sealed, char **text, struct err *e)
{
	size_t n = strlen(sealed) / 2;
	AUTO_FREE unsigned char *bytes = mem_alloc(n);

	for (size_t i = 0; i < n; i++) {
		int high = digit_value(sealed[2 * i]), low = digit_value(sealed[2 * i + 1]);

		if (high < 0 || low < 0)
			return err_set(e, RC_INVALID, field, "草稿里加密的内容已损坏，请重新填写这一项");
		bytes[i] = (unsigned char)(high << 4 | low);
	}
	return seal_open(st, TABLE, account_id, field, bytes, n, text, e);
}
