/* Checking the journal: every number is there, the chain of each site fits its heads, and the rows are what their ops make of them. */
#include "store/check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

#define FAULTS_SHOWN 10

/* Chains --------------------------------------------------------------------------------------------------------------------------- */

enum { SITE = 12, NO, N, HASH };               /* behind CHAIN_COLUMNS */

struct chain_walk {
	crypto_generichash_state h;
	unsigned char head[HASH_BYTES];
	int64_t site, no, k;                       /* the transaction that is being read; k: its ops so far */
	int64_t transactions;
	bool open;                                 /* its last op has not come yet */
	bool broken;                               /* a fault of this site was told: what follows can't fit */
};

static void site_broken(struct check *c, struct chain_walk *w, const char *what, int64_t no)
{
	if (!w->broken)
		check_say(c, false, "台账：站点 %" PRId64 " 第 %" PRId64 " 笔%s", w->site, no, what);
	w->broken = true;
}

static void end_site(struct check *c, struct chain_walk *w)
{
	const struct self *self = &check_store(c)->self;

	if (w->site == 0)
		return;
	if (w->open)
		site_broken(c, w, "没有结尾", w->no);
	if (w->site == self->site && !w->broken && (w->no != self->no || memcmp(w->head, self->hash, HASH_BYTES) != 0))
		site_broken(c, w, "之后与本机记下的末笔不符", w->no);
	if (!w->broken)
		check_say(c, true, "台账：站点 %" PRId64 " 的 %" PRId64 " 笔编号连续，校验链相符", w->site, w->transactions);
}

static void begin_site(struct chain_walk *w, int64_t site)
{
	*w = (struct chain_walk){ .site = site };
}

/* One op, in order of site, number and index. */
static void walk_op(struct check *c, struct chain_walk *w, const struct stmt *q)
{
	int64_t no = column_int(q, NO), n = column_int(q, N);
	size_t n_hash = 0;
	const void *hash = column_blob(q, HASH, &n_hash);

	if (!w->open) {
		if (no != w->no + 1)
			site_broken(c, w, "之前缺号", no);
		w->no = no;
		w->k = 0;
		w->open = true;
		chain_start(&w->h, w->head, w->site, no);
	} else if (no != w->no) {
		site_broken(c, w, "没有结尾", w->no);
	}
	if (column_int(q, 1) != w->k)
		site_broken(c, w, "序号不连续", no);
	chain_add(&w->h, q);
	w->k++;
	if (n == 0)
		return;
	w->open = false;
	w->transactions++;
	if (n != w->k)
		site_broken(c, w, "条数不符", no);
	chain_end(&w->h, n, w->head);
	if (n_hash != HASH_BYTES || memcmp(hash, w->head, HASH_BYTES) != 0)
		site_broken(c, w, "校验链不符：内容在写入之后被改过", no);
}

enum rc check_chains(struct check *c, struct err *e)
{
	AUTO_STMT q = stmt_use(check_store(c), "SELECT " CHAIN_COLUMNS ", site, no, n, hash FROM journal ORDER BY site, no, k");
	struct chain_walk w = { 0 };
	bool row = false, own = false;
	enum rc rc = self_load(check_store(c), &check_store(c)->self, e);

	if (rc != RC_OK)
		return rc;
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		if (column_int(&q, SITE) != w.site) {
			end_site(c, &w);
			begin_site(&w, column_int(&q, SITE));
			own = own || w.site == check_store(c)->self.site;
		}
		if (!w.broken)
			walk_op(c, &w, &q);
	}
	if (rc != RC_OK)
		return rc;
	end_site(c, &w);
	if (!own && check_store(c)->self.no != 0)
		check_say(c, false, "台账：本机记下 %" PRId64 " 笔，台账里一笔也没有", check_store(c)->self.no);
	return RC_OK;
}

/* Rows against the fold of their ops ----------------------------------------------------------------------------------------------- */

/* One record while its ops are gone through, in order of (hlc, site, no, k): per column the last writer wins.
 * Inserting where nothing is begins with the defaults; an update behind a deletion brings the record back. */
struct fold {
	const struct table *t;
	sqlite3_value **defaults, **values;        /* one for each column */
	int64_t id;
	bool any, inserted, alive;
	int64_t records, wrong;
};

static void set_value(struct fold *f, size_t i, const sqlite3_value *v)
{
	sqlite3_value *copy = v ? sqlite3_value_dup(v) : NULL;

	sqlite3_value_free(f->values[i]);
	f->values[i] = copy;
}

static void begin_record(struct fold *f, int64_t id)
{
	f->id = id;
	f->any = true;
	f->inserted = f->alive = false;
	for (size_t i = 0; i < f->t->n; i++)
		set_value(f, i, f->defaults[i]);
}

static enum rc apply(struct check *c, struct fold *f, char op, const char *new, struct err *e)
{
	AUTO_MEMBERS m = { 0 };
	enum rc rc;

	if (op == 'D') {
		f->alive = false;
		return RC_OK;
	}
	if (op == 'I' && !f->alive)
		for (size_t i = 0; i < f->t->n; i++)
			set_value(f, i, f->defaults[i]);
	f->inserted = f->inserted || op == 'I';
	f->alive = f->inserted;
	if ((rc = json_read(check_store(c), new, &m, e)) != RC_OK)
		return rc;
	for (size_t k = 0; k < m.n; k++)
		for (size_t i = 0; i < f->t->n; i++)
			if (f->t->columns[i].journaled && strcmp(f->t->columns[i].name, m.list[k].name) == 0)
				set_value(f, i, m.list[k].value);
	return RC_OK;
}

static bool same_value(sqlite3_value *folded, const struct stmt *q, int column)
{
	int type = folded ? sqlite3_value_type(folded) : SQLITE_NULL, n;

	if (type != sqlite3_column_type(q->raw, column))
		return false;
	switch (type) {
	case SQLITE_NULL:
		return true;
	case SQLITE_INTEGER:
		return sqlite3_value_int64(folded) == column_int(q, column);
	default:
		n = sqlite3_value_bytes(folded);
		return n == sqlite3_column_bytes(q->raw, column) &&
		       (n == 0 || memcmp(sqlite3_value_blob(folded), sqlite3_column_blob(q->raw, column), (size_t)n) == 0);
	}
}

static void record_wrong(struct check *c, struct fold *f, const char *what)
{
	if (++f->wrong <= FAULTS_SHOWN)
		check_say(c, false, "%s %" PRId64 "：%s", f->t->name, f->id, what);
}

/* Compare the finished record with its row. */
static enum rc end_record(struct check *c, struct fold *f, struct err *e)
{
	AUTO_FREE char *sql = mem_format("SELECT * FROM \"%s\" WHERE id = :id", f->t->name);
	AUTO_STMT q = stmt_use(check_store(c), sql);
	AUTO_STRBUF differ = { 0 };
	bool row = false;
	enum rc rc;

	if (!f->any)
		return RC_OK;
	bind_int(&q, ":id", f->id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	f->records += row;
	if (row != f->alive) {
		record_wrong(c, f, row ? "台账里已删除，表里还在" : "台账里有，表里没有");
		return RC_OK;
	}
	for (size_t i = 0; row && i < f->t->n; i++)
		if (f->t->columns[i].journaled && !same_value(f->values[i], &q, (int)i))
			strbuf_format(&differ, "%s%s", differ.n ? "、" : "与台账不符：", f->t->columns[i].name);
	if (differ.n > 0)
		record_wrong(c, f, strbuf_str(&differ));
	return RC_OK;
}

static enum rc fold_ops(struct check *c, struct fold *f, struct err *e)
{
	AUTO_STMT q = stmt_use(check_store(c), "SELECT id, op, new FROM journal WHERE tbl = :table ORDER BY id, hlc, site, no, k /*scan*/");
	bool row = false;
	enum rc rc;

	bind_text(&q, ":table", f->t->name);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		if (!f->any || column_int(&q, 0) != f->id) {
			if ((rc = end_record(c, f, e)) != RC_OK)
				return rc;
			begin_record(f, column_int(&q, 0));
		}
		if ((rc = apply(c, f, column_text(&q, 1)[0], column_text(&q, 2), e)) != RC_OK)
			return rc;
	}
	return rc == RC_OK ? end_record(c, f, e) : rc;
}

static enum rc load_defaults(struct check *c, struct fold *f, struct err *e)
{
	for (size_t i = 0; i < f->t->n; i++) {
		AUTO_FREE char *sql = NULL;
		bool row = false;
		enum rc rc;

		if (f->t->columns[i].initial == NULL)
			continue;
		sql = mem_format("SELECT %s", f->t->columns[i].initial);
		AUTO_STMT q = stmt_use_temporary(check_store(c), sql);

		if ((rc = stmt_step(&q, &row, e)) != RC_OK)
			return rc;
		f->defaults[i] = sqlite3_value_dup(sqlite3_column_value(q.raw, 0));
	}
	return RC_OK;
}

static enum rc count_rows(struct check *c, const struct table *t, int64_t *n, struct err *e)
{
	AUTO_FREE char *sql = mem_format("SELECT count(*) FROM \"%s\" /*scan*/", t->name);
	AUTO_STMT q = stmt_use_temporary(check_store(c), sql);

	return stmt_int(&q, n, e);
}

static enum rc fold_table(struct check *c, const struct table *t, struct err *e)
{
	struct fold f = { .t = t, .defaults = mem_alloc(t->n * sizeof *f.defaults), .values = mem_alloc(t->n * sizeof *f.values) };
	int64_t rows = 0;
	enum rc rc;

	if ((rc = load_defaults(c, &f, e)) == RC_OK && (rc = fold_ops(c, &f, e)) == RC_OK)
		rc = count_rows(c, t, &rows, e);
	for (size_t i = 0; i < t->n; i++) {
		sqlite3_value_free(f.defaults[i]);
		sqlite3_value_free(f.values[i]);
	}
	free(f.defaults);
	free(f.values);
	if (rc != RC_OK)
		return rc;
	if (rows != f.records)
		check_say(c, false, "%s：%" PRId64 " 条没有台账", t->name, rows - f.records);
	if (f.wrong > FAULTS_SHOWN)
		check_say(c, false, "%s：共 %" PRId64 " 条与台账不符", t->name, f.wrong);
	if (f.wrong == 0 && rows == f.records)
		check_say(c, true, "%s 与台账相符（%" PRId64 " 条）", t->name, rows);
	return RC_OK;
}

enum rc check_fold(struct check *c, struct err *e)
{
	const struct table *t;
	char **names;
	size_t n;
	enum rc rc = table_journaled(check_store(c), &names, &n, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if ((rc = table_load(check_store(c), names[i], &t, e)) == RC_OK)
			rc = fold_table(c, t, e);
	table_names_free(names, n);
	return rc;
}
