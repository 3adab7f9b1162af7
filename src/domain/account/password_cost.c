/* What a password hash costs: 172 ms on the machine it was chosen on (security.md). */
#include "password.h"

const struct password_cost password_cost = { .operations = 3, .memory_bytes = (size_t)64 << 20 };
