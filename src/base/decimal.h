/* Whole and decimal numbers as people type them, kept as scaled integers. */
#ifndef YL_SRC_BASE_DECIMAL_H
#define YL_SRC_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* "-1,234.5" with 2 decimals → -123450. False if s[0..n) is anything else, has more decimals, wrong groups, or over 15 digits. */
bool decimal_parse(const char *s, size_t n, int decimals, int64_t *scaled);
/* 分 → "12.50"; with grouped, "1,234.50". */
void decimal_add_money(struct strbuf *out, int64_t fen, bool grouped);

#endif
