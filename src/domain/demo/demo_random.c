/* Numbers that a seed decides. */
#include "demo_make.h"

#include <sodium.h>
#include <string.h>

void demo_random_init(struct demo_random *r, uint64_t seed)
{
	memset(r, 0, sizeof *r);
	r->seed = seed;
	r->used = sizeof r->bytes;
}

static void refill(struct demo_random *r)
{
	unsigned char key[randombytes_SEEDBYTES] = { 0 };
	const uint64_t words[] = { r->seed, r->block++ };

	crypto_generichash(key, sizeof key, (const unsigned char *)words, sizeof words, NULL, 0);
	randombytes_buf_deterministic(r->bytes, sizeof r->bytes, key);
	r->used = 0;
}

uint32_t demo_below(struct demo_random *r, uint32_t n)
{
	uint32_t word;

	if (r->used + sizeof word > sizeof r->bytes)
		refill(r);
	memcpy(&word, r->bytes + r->used, sizeof word);
	r->used += sizeof word;
	return (uint32_t)(((uint64_t)word * n) >> 32);
}

int demo_between(struct demo_random *r, int min, int max)
{
	return min + (int)demo_below(r, (uint32_t)(max - min + 1));
}

bool demo_chance(struct demo_random *r, int per_mille)
{
	return demo_below(r, 1000) < (uint32_t)per_mille;
}

size_t demo_weighted(struct demo_random *r, const int *weights, size_t n)
{
	uint32_t sum = 0, at;
	size_t i = 0;

	for (size_t k = 0; k < n; k++)
		sum += (uint32_t)weights[k];
	at = demo_below(r, sum);
	while (at >= (uint32_t)weights[i])
		at -= (uint32_t)weights[i++];
	return i;
}
