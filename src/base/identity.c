/* Id numbers and telephone numbers. */
#include "base/identity.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

/* The oldest living person was not born before. */
#define BIRTH_YEAR_MIN 1880

/* Folded (full-width digits, x → lower case), without the characters in `drop`. False if it does not fit. */
static bool prepare(const char *typed, const char *drop, char *out, size_t cap)
{
	AUTO_STRBUF folded = { 0 };
	const char *p;
	size_t n = 0;

	text_fold(&folded, typed ? typed : "");
	for (p = strbuf_str(&folded); *p; p++) {
		if (strchr(drop, *p))
			continue;
		if (n + 1 == cap)
			break;
		out[n++] = *p;
	}
	out[n] = '\0';
	return *p == '\0';
}

static bool is_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

static int number_at(const char *s, int digits)
{
	int number = 0;

	for (int i = 0; i < digits; i++)
		number = number * 10 + s[i] - '0';
	return number;
}

/* ISO 7064 MOD 11-2: the sum of digit × 2^(position from the right) must be 1 modulo 11. */
char idnumber_check_character(const char first17[17])
{
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum = (sum + first17[i] - '0') * 2 % 11;
	return "10X98765432"[sum];
}

enum rc idnumber_check(const char *typed, char normal[19], struct err *e)
{
	char s[64];

	if (!prepare(typed, " -", s, sizeof s) || strlen(s) != 18) {
		if (strlen(s) == 15 && is_digits(s, 15))
			return err_set(e, RC_INVALID, NULL, "这是 15 位的旧号码，请照现在的身份证录入 18 位");
		return err_set(e, RC_INVALID, NULL, "身份证号码应为 18 位，请照证件核对");
	}
	if (s[17] == 'x')
		s[17] = 'X';
	if (!is_digits(s, 17) || (s[17] != 'X' && !is_digits(s + 17, 1)))
		return err_set(e, RC_INVALID, NULL, "身份证号码只能是数字，最后一位可以是 X");
	if (number_at(s + 6, 4) < BIRTH_YEAR_MIN ||
	    day_from_civil(number_at(s + 6, 4), number_at(s + 10, 2), number_at(s + 12, 2)) == DAY_NONE)
		return err_set(e, RC_INVALID, NULL, "身份证号码里的出生日期 %.8s 不存在，请核对第 7 到 14 位", s + 6);
	if (idnumber_check_character(s) != s[17])
		return err_set(e, RC_INVALID, NULL, "身份证号码的校验码不对，有一位输错了，请照证件核对");
	memcpy(normal, s, 19);
	return RC_OK;
}

int32_t idnumber_birthday(const char *normal)
{
	return day_from_civil(number_at(normal + 6, 4), number_at(normal + 10, 2), number_at(normal + 12, 2));
}

int idnumber_sex(const char *normal)
{
	return (normal[16] - '0') % 2 == 1 ? 1 : 2;
}

/* A mobile number behind +86, 0086 or 86 stands for itself. */
static const char *without_country(const char *s)
{
	static const char *const prefixes[] = { "+86", "0086", "86" };

	for (size_t i = 0; i < COUNT(prefixes); i++) {
		size_t n = strlen(prefixes[i]);

		if (strncmp(s, prefixes[i], n) == 0 && (i == 0 || strlen(s + n) == 11))
			return s + n;
	}
	return s;
}

/* Mobile 13…19; area code and landline from 0; 400 and 800; landlines and service numbers of 3 to 8 digits. */
static bool is_phone(const char *s, size_t n)
{
	if (n == 11 && s[0] == '1')
		return s[1] >= '3';
	if (s[0] == '0')
		return n >= 10 && n <= 12 && s[1] != '0';
	if (n == 10)
		return strncmp(s, "400", 3) == 0 || strncmp(s, "800", 3) == 0;
	return n >= 3 && n <= 8;
}

enum rc phone_check(const char *typed, char normal[24], struct err *e)
{
	char all[64];
	const char *s;
	size_t n;

	if (!prepare(typed, " -()", all, sizeof all))
		return err_set(e, RC_INVALID, NULL, "电话号码太长，一栏只写一个号码");
	s = without_country(all);
	n = strlen(s);
	if (!is_digits(s, n))
		return err_set(e, RC_INVALID, NULL, "电话号码只能是数字，可以用 - 或空格隔开");
	if (!is_phone(s, n))
		return err_set(e, RC_INVALID, NULL, "电话号码位数不对：手机 11 位，座机带区号 10 到 12 位，或 3 到 8 位的短号（现在 %zu 位）", n);
	memcpy(normal, s, n + 1);
	return RC_OK;
}
