/* The hash chain over a site's transactions: a journal that was changed afterwards no longer fits its heads.
 *
 * All hashes are BLAKE2b with 32 bytes of output and no key.  i64 is 8 bytes, little-endian; field is i64 length and the bytes, length -1
 * and nothing for NULL.
 *
 *	digest(op) = H( field salt, field new, field old )
 *	             or, where the op was erased (salt and old NULL, new = {"$erased":"64 hex digits"}), those 32 bytes
 *	head(no)   = H( head(no - 1), i64 site, i64 no,
 *	                for each op by k: i64 k, i64 hlc, i64 actor (0 for NULL), field verb, i64 schema, field tbl, i64 id, field op, digest(op),
 *	                i64 n )
 *	head(0)    = 32 zero bytes
 *
 * The values enter only through their salted digest, so that a person's data can be blanked everywhere while the chain stays verifiable,
 * and what was blanked can't be guessed from its digest.  journal.hash of a transaction's last op is head(no).
 */
#include "store/store.h"

#include <string.h>

#include "internal.h"

enum { LSN, K, HLC, ACTOR, VERB, SCHEMA, TBL, ID, OP, NEW, OLD, SALT };   /* the order of CHAIN_COLUMNS */

static const char erased[] = "{\"$erased\":\"";

static void add_int(crypto_generichash_state *h, int64_t value)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)value >> 8 * i);
	crypto_generichash_update(h, bytes, sizeof bytes);
}

static void add_field(crypto_generichash_state *h, const struct stmt *op, int column)
{
	size_t n;
	const void *bytes;

	if (column_is_null(op, column)) {
		add_int(h, -1);
		return;
	}
	bytes = column_blob(op, column, &n);
	add_int(h, (int64_t)n);
	if (n > 0)
		crypto_generichash_update(h, bytes, n);
}

/* The digest that an erased op has kept. */
static bool kept_digest(const struct stmt *op, unsigned char out[HASH_BYTES])
{
	const char *new = column_text(op, NEW), *end;
	size_t n;

	if (!column_is_null(op, SALT) || !column_is_null(op, OLD) || strncmp(new, erased, sizeof erased - 1) != 0)
		return false;
	return sodium_hex2bin(out, HASH_BYTES, new + sizeof erased - 1, 2 * HASH_BYTES, NULL, &n, &end) == 0 &&
	       n == HASH_BYTES && strcmp(end, "\"}") == 0;
}

static void op_digest(const struct stmt *op, unsigned char out[HASH_BYTES])
{
	crypto_generichash_state h;

	if (kept_digest(op, out))
		return;
	crypto_generichash_init(&h, NULL, 0, HASH_BYTES);
	add_field(&h, op, SALT);
	add_field(&h, op, NEW);
	add_field(&h, op, OLD);
	crypto_generichash_final(&h, out, HASH_BYTES);
}

void chain_start(crypto_generichash_state *h, const unsigned char head[HASH_BYTES], int64_t site, int64_t no)
{
	crypto_generichash_init(h, NULL, 0, HASH_BYTES);
	crypto_generichash_update(h, head, HASH_BYTES);
	add_int(h, site);
	add_int(h, no);
}

void chain_add(crypto_generichash_state *h, const struct stmt *op)
{
	unsigned char digest[HASH_BYTES];

	add_int(h, column_int(op, K));
	add_int(h, column_int(op, HLC));
	add_int(h, column_int(op, ACTOR));
	add_field(h, op, VERB);
	add_int(h, column_int(op, SCHEMA));
	add_field(h, op, TBL);
	add_int(h, column_int(op, ID));
	add_field(h, op, OP);
	op_digest(op, digest);
	crypto_generichash_update(h, digest, sizeof digest);
}

void chain_end(crypto_generichash_state *h, int64_t n, unsigned char head[HASH_BYTES])
{
	add_int(h, n);
	crypto_generichash_final(h, head, HASH_BYTES);
}

static enum rc write_seal(struct store *st, int64_t lsn, int64_t n, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "UPDATE journal SET n = :n, hash = :hash WHERE lsn = :lsn");

	bind_int(&q, ":n", n);
	bind_blob(&q, ":hash", st->next.hash, HASH_BYTES);
	bind_int(&q, ":lsn", lsn);
	return stmt_run(&q, e);
}

enum rc chain_seal(struct store *st, int64_t *ops, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT " CHAIN_COLUMNS " FROM journal WHERE site = :site AND no = :no ORDER BY k");
	crypto_generichash_state h;
	int64_t n = 0;
	bool row = true;
	enum rc rc;

	*ops = 0;
	if (st->k == 0)                            /* nothing was written: most often a draft */
		return RC_OK;
	bind_int(&q, ":site", st->next.site);
	bind_int(&q, ":no", st->next.no);
	chain_start(&h, st->next.hash, st->next.site, st->next.no);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		if (column_int(&q, K) != n)
			return err_set(e, RC_DB, NULL, "台账的序号不连续，没有保存；请退出后重试");
		chain_add(&h, &q);
		st->last_lsn = column_int(&q, LSN);
		n++;
	}
	if (rc != RC_OK || n == 0)
		return rc;
	chain_end(&h, n, st->next.hash);
	*ops = n;
	return write_seal(st, st->last_lsn, n, e);
}
