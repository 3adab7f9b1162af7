/* Ctrl-P: every action that makes sense here or from anywhere, found by its name or its pinyin initials (tsdj → 提事登记). */
#ifndef YL_UI_PALETTE_H
#define YL_UI_PALETTE_H

struct loop;

void palette_run(struct loop *l);

#endif
