/* Which number of a row is out of its range. */
#include "range.h"

enum rc range_check(const char *row_name, int32_t row, const struct range *ranges, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		const struct range *r = &ranges[i];

		if (r->value < r->least || r->value > r->most)
			return err_set(e, RC_INVALID, NULL, "%s第 %d 行的%s是 %lld，应在 %lld 到 %lld 之间，请改正后再排", row_name, row + 1, r->what,
			               (long long)r->value, (long long)r->least, (long long)r->most);
	}
	return RC_OK;
}
