/* F1: the keys of the present screen and those that work everywhere, made from the key maps and the table of actions. */
#ifndef YL_UI_HELP_H
#define YL_UI_HELP_H

struct loop;
struct pager;

void help_show(struct loop *l);
/* The lines of it: exactly the keys that do something now. */
void help_lines(const struct loop *l, struct pager *out);

#endif
