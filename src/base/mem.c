/* Allocation that never fails visibly, and arenas. */
#include "base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BLOCK_BYTES ((size_t)16 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char data[];
};

static void (*exhausted_hook)(void);

void mem_on_exhausted(void (*hook)(void))
{
	exhausted_hook = hook;
}

static void exhausted(void)
{
	if (exhausted_hook)
		exhausted_hook();
	abort();
}

void *mem_alloc(size_t bytes)
{
	void *block = calloc(1, bytes ? bytes : 1);

	if (block == NULL)
		exhausted();
	return block;
}

void *mem_resize(void *block, size_t bytes)
{
	void *moved = realloc(block, bytes ? bytes : 1);

	if (moved == NULL)
		exhausted();
	return moved;
}

char *mem_copy(const char *s)
{
	return s ? mem_copy_n(s, strlen(s)) : NULL;
}

char *mem_copy_n(const char *s, size_t n)
{
	char *copy = mem_alloc(n + 1);

	memcpy(copy, s, n);
	return copy;
}

char *mem_format(const char *format, ...)
{
	va_list args;
	char *s = NULL;
	int n;

	va_start(args, format);
	n = vasprintf(&s, format, args);
	va_end(args);
	if (n < 0)
		exhausted();
	return s;
}

void *mem_grow(void *array, size_t *cap, size_t need, size_t element_bytes)
{
	size_t room = *cap ? *cap : 8;

	if (need <= *cap)
		return array;
	while (room < need)
		room *= 2;
	if (room > SIZE_MAX / element_bytes)
		exhausted();
	*cap = room;
	return mem_resize(array, room * element_bytes);
}

void mem_free_pointer(void *pointer_to_pointer)
{
	void **p = pointer_to_pointer;

	free(*p);
	*p = NULL;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
	size_t align = alignof(max_align_t);
	size_t need = (bytes + align - 1) / align * align;
	struct arena_block *b = a->head;

	if (b == NULL || b->size - b->used < need) {
		size_t size = need > ARENA_BLOCK_BYTES ? need : ARENA_BLOCK_BYTES;

		b = mem_alloc(sizeof *b + size);
		b->size = size;
		b->next = a->head;
		a->head = b;
	}
	b->used += need;
	return b->data + b->used - need;
}

char *arena_copy_n(struct arena *a, const char *s, size_t n)
{
	char *copy = arena_alloc(a, n + 1);

	memcpy(copy, s, n);
	return copy;
}

char *arena_copy(struct arena *a, const char *s)
{
	return s ? arena_copy_n(a, s, strlen(s)) : NULL;
}

char *arena_format(struct arena *a, const char *format, ...)
{
	va_list args;
	AUTO_FREE char *s = NULL;
	int n;

	va_start(args, format);
	n = vasprintf(&s, format, args);
	va_end(args);
	if (n < 0)
		exhausted();
	return arena_copy_n(a, s, (size_t)n);
}

void arena_clear(struct arena *a)
{
	while (a->head) {
		struct arena_block *b = a->head;

		a->head = b->next;
		free(b);
	}
}
