/* Checks of numbers that identify people: id numbers and telephone numbers. */
#ifndef YL_BASE_IDENTITY_H
#define YL_BASE_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* An 18-digit citizen id number (居民身份证号码).  Source: GB 11643-1999: 6 digits division, 8 digits birthday, 3 digits order
 * (odd male, even female), 1 check character by ISO 7064 MOD 11-2.  `normal` receives it with full-width digits folded and x → X.
 * Errors  RC_INVALID with what is wrong: length, a character, a date that does not exist, or the check character. */
enum rc idnumber_check(const char *typed, char normal[19], struct err *e) MUST_USE;
int32_t idnumber_birthday(const char *normal);    /* day */
int idnumber_sex(const char *normal);             /* 1 male, 2 female: GB/T 2261.1 */
char idnumber_check_character(const char first17[17]);

/* A telephone number: mobile (11 digits from 1), landline with or without area code, short service numbers (3..8 digits).
 * Blanks, dashes and +86 are taken away. */
enum rc phone_check(const char *typed, char normal[24], struct err *e) MUST_USE;

#endif
