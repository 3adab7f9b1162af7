/* Words that several papers write alike: codes by their labels, days and times as documents have them, who the office is. */
#ifndef YL_REPORT_WORDS_H
#define YL_REPORT_WORDS_H

#include "base/mem.h"
#include "domain/office.h"

/* All below live in the arena; "" where there is nothing to say. */
const char *word_day(struct arena *a, int32_t day);                                  /* 2026年11月24日 */
const char *word_instant(struct arena *a, int64_t instant);                          /* 2026年11月24日 09:41; "" for 0 */
const char *word_span(struct arena *a, int begin_min, int end_min);                  /* 09:30 至 11:00 */
const char *word_money(struct arena *a, const struct office *of, int64_t fen);       /* ￥1,200.50, 不需要经费; "" for less than 0 */
const char *word_number(struct arena *a, int64_t n);

/* The committee that signs: 西林寺社区居民委员会, 永丰村村民委员会. */
const char *word_committee(struct arena *a, const struct office *of);

#endif
