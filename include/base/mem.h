/* Memory: allocation that never returns NULL, and arenas for what lives and dies together.
 *
 * Out of memory is not an error a caller can handle: the hook set by mem_on_exhausted() restores the terminal and
 * keeps the draft, then the process aborts.
 */
#ifndef YL_BASE_MEM_H
#define YL_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

#include "base/err.h"

void mem_on_exhausted(void (*hook)(void));

void *mem_alloc(size_t bytes);                    /* zeroed; caller frees with free() */
void *mem_resize(void *block, size_t bytes);      /* new bytes are not zeroed */
char *mem_copy(const char *s);                    /* NULL stays NULL */
char *mem_copy_n(const char *s, size_t n);        /* n bytes and a NUL */
char *mem_format(const char *format, ...) PRINTF_LIKE(1, 2);

/* Grow a dynamic array so that it has room for `need` elements; *cap counts elements. */
void *mem_grow(void *array, size_t *cap, size_t need, size_t element_bytes);

void mem_free_pointer(void *pointer_to_pointer);
#define AUTO_FREE __attribute__((cleanup(mem_free_pointer)))

/* An arena: many small blocks, released at once.  Zero-initialised is a valid empty arena. */
struct arena {
	struct arena_block *head;
};

void *arena_alloc(struct arena *a, size_t bytes);     /* zeroed, aligned for any type */
char *arena_copy(struct arena *a, const char *s);     /* NULL stays NULL */
char *arena_copy_n(struct arena *a, const char *s, size_t n);
char *arena_format(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
void arena_clear(struct arena *a);                    /* all blocks are invalid afterwards; reusable */
#define AUTO_ARENA __attribute__((cleanup(arena_clear))) struct arena

#endif
