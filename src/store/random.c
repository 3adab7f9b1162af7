/* Chance: from the system, or, while a demo is being made, from a seed. */
#include "store/store.h"

#include <sodium.h>

#include "base/mem.h"
#include "internal.h"

/* Every draw has its own key, made of the seed and their count. */
struct seeded {
	uint64_t seed, draws;
};

struct seeded *seeded_new(uint64_t seed)
{
	struct seeded *s = mem_alloc(sizeof *s);

	s->seed = seed;
	return s;
}

void random_bytes(const struct store *st, void *out, size_t n)
{
	unsigned char key[randombytes_SEEDBYTES];

	if (st->seeded == NULL) {
		randombytes_buf(out, n);
		return;
	}
	st->seeded->draws++;
	crypto_generichash(key, sizeof key, (const unsigned char *)st->seeded, sizeof *st->seeded, NULL, 0);
	randombytes_buf_deterministic(out, n, key);
}
