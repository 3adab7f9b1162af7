/* Making an office's file: under another name until it is whole. Shared by `init` and the demo. */
#ifndef YL_DOMAIN_OFFICE_FILE_H
#define YL_DOMAIN_OFFICE_FILE_H

#include "base/err.h"
#include "base/form.h"
#include "domain/office.h"

/* The forms of a community's type, "" for none. */
enum rc office_forms(const struct settings *settings, const char *kind, struct form_set **out, struct err *e) MUST_USE;
enum rc office_insert_community(struct store *st, const struct office_new *n, struct err *e) MUST_USE;

/* A new database that is to become `path`; what an interrupted making left there is taken away.
 * Errors  RC_CONFLICT the file exists; RC_IO; RC_DB */
enum rc office_file_begin(const char *path, const struct store_options *options, struct store **st, struct err *e) MUST_USE;
/* Close it. Where `made` is RC_OK it gets its name, with its key beside it (an older key is kept under another name); else nothing is left of it.
 * Answers `made`, or what went wrong. */
enum rc office_file_end(struct store *st, const char *path, enum rc made, struct err *e) MUST_USE;

#endif
