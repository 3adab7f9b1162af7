"""Makes a .roster: gen_roster.py NAME VOLUNTEERS SHIFTS SEED flow|ilp local|dense

KIND flow: every shift is one of three slots of a day, all equally long, and people have a cap in shifts: exactly a minimum-cost flow.
KIND ilp:  shifts begin on the half hour, last two to five hours and may overlap; people have a cap in hours.

  ROSTER 1 / NAME / KIND kind reach / GRIDW w / SKILLS k
  SHIFTS S      id day start_minute end_minute need skill grid priority(1..3)
  VOLUNTEERS V  id max_half_hours max_shifts carried_half_hours(past 4 weeks) grid nskills s.. nwindows (day start end)..
  PREFS p       volunteer shift bonus(1..99): continuity and wishes; absent = 0

A pair is allowed if the volunteer has the skill, the shift lies inside one window and (local) the grids touch; grids are cells of a w x w square.
Cost, in whole numbers: 100000 x priority an open place; 40 x distance + 99 - bonus a pair; for somebody's j-th shift
200 x (2j - 1) + 10 x floor(carried / 8).

The files that the figures in the README name: r1 20x14 seed 11, r2 60x60 12, r3 200x200 13, r4 800x500 14, r5 2000x1000 15, r6 5012x2000 16,
r7-flow-dense as r6 with 17; the ilp ones have 100 more as seed. Names are r1-flow, r1-ilp …
"""
import random
import sys

FLOW_STARTS = (480, 720, 1080)
ILP_STARTS = (420, 450, 480, 510, 540, 600, 660, 690, 780, 840, 900, 1020, 1080)
ILP_LENGTHS = (4, 4, 5, 6, 6, 8, 8, 10)          # half hours
WINDOWS = ((.3, 480, 720), (.55, 720, 1080), (.75, 1080, 1320), (2, 420, 1320))


def make_shift(rnd, number, kind, skills, grids):
    day = rnd.randrange(7)
    if kind == 'flow':
        start = FLOW_STARTS[rnd.randrange(3)]
        end = start + 240
    else:
        start = rnd.choice(ILP_STARTS)
        end = min(start + 30 * rnd.choice(ILP_LENGTHS), 1320)
    need = rnd.choice([1, 1, 1, 2, 2, 3, 4])
    skill = 0 if rnd.random() < .5 else rnd.randrange(1, skills)
    return number, day, start, end, need, skill, rnd.randrange(grids), rnd.choice([1, 1, 1, 2, 3])


def make_windows(rnd):
    drawn = []
    for _ in range(rnd.choice([1, 2, 2, 3, 4, 6])):
        day, kind = rnd.randrange(7), rnd.random()
        drawn.append((day, *next((start, end) for below, start, end in WINDOWS if kind < below)))
    merged = []
    for day, start, end in sorted(drawn):
        if merged and merged[-1][0] == day and start <= merged[-1][2]:
            merged[-1] = (day, merged[-1][1], max(end, merged[-1][2]))
        else:
            merged.append((day, start, end))
    return merged


def make_volunteer(rnd, number, kind, skills, grids, sparse):
    most = rnd.choice([1, 1, 2, 2, 3, 4, 5])
    half_hours = most * 8 if kind == 'flow' else rnd.choice([4, 6, 8, 8, 10, 12, 16, 20])
    if kind != 'flow':
        most = 99
    has = [0] + [k for k in range(1, skills) if rnd.random() < (.18 if sparse else .30)]
    windows = make_windows(rnd)
    return number, half_hours, most, rnd.choice([0, 0, 0, 8, 16, 24, 40]), rnd.randrange(grids), has, windows


def generate(name, volunteers, shifts, seed, kind, reach):
    rnd = random.Random(seed)
    skills = 4 if volunteers < 200 else 8
    width = max(1, round((shifts / 25) ** .5))
    rows = [make_shift(rnd, i, kind, skills, width * width) for i in range(shifts)]
    people = [make_volunteer(rnd, i, kind, skills, width * width, skills == 8) for i in range(volunteers)]
    in_grid = {}
    for row in rows:
        in_grid.setdefault(row[6], []).append(row[0])
    wishes = []
    for person in people:
        if rnd.random() < .5 and person[4] in in_grid:
            here = in_grid[person[4]]
            wishes += [(person[0], shift, rnd.randint(10, 99)) for shift in rnd.sample(here, min(len(here), 2))]
    lines = ['ROSTER 1', f'NAME {name}', f'KIND {kind} {reach}', f'GRIDW {width}', f'SKILLS {skills}', f'SHIFTS {shifts}']
    lines += [' '.join(map(str, row)) for row in rows]
    lines.append(f'VOLUNTEERS {volunteers}')
    for *numbers, has, windows in people:
        flat = [n for window in windows for n in window]
        lines.append(' '.join(map(str, [*numbers, len(has), *has, len(windows), *flat])))
    lines.append(f'PREFS {len(wishes)}')
    lines += [' '.join(map(str, wish)) for wish in wishes]
    return '\n'.join(lines) + '\n'


if __name__ == '__main__':
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    sys.stdout.write(generate(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5], sys.argv[6]))
