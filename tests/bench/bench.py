#!/usr/bin/env python3
"""Key-to-frame figures of the program beside its peers, in one run, as one table (run.sh prepares what this needs).

A job is a thing a person does; each program does it with its own keys, written below as ptylat.py reads them.  What is
measured is what the terminal receives, from outside.  Budgets are those of the design: first frame < 100 ms; Down < 3 ms and
600 bytes; PgDn < 10 ms and 4 KB; no key above 16 ms at the 99th percentile.  They are meant for a machine with nothing else to
do: the CPU column says what the program itself used.  "settled" is when everything that goes on by itself after the answer (a list
that goes on counting, similar issues) has come to its end.
"""
import argparse
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

import ptylat

P99_MS = 16
PASSWORD = 'youlin-demo'


class Job:
    def __init__(self, key, title, median=None, size=None, p99=P99_MS):
        self.key, self.title, self.median, self.size, self.p99 = key, title, median, size, p99

    def kept(self, row):
        """Which of the budgets a row does not keep, in words; "" if it keeps all."""
        over = [f'{name} {row[name]:.1f} > {limit:g}' for name, limit in
                (('median', self.median), ('p99', self.p99), ('bytes', self.size)) if limit is not None and row.get(name, 0) > limit]
        return '; '.join(over)


JOBS = [Job(*job) for job in (
    ('start', 'start → first full frame', 100, None, None),
    ('start-cold', 'the same, nothing of the database in memory', None, None, None),
    ('login', 'password → workbench (argon2id on purpose)', None, None, None),
    ('down', 'list: Down', 3, 600), ('pgdn', 'list: PgDn', 10, 4096), ('end', 'list: End'), ('home', 'list: Home'),
    ('find', 'list: / and each letter of a search'), ('sort', 'list: another order'), ('filter', 'list: another filter'),
    ('open', 'list: Enter opens the detail'), ('back', 'detail: back to the list'),
    ('type', 'form: each burst of Chinese', 3, 600), ('pick', 'form: picker narrows with each letter'), ('field', 'form: next field'),
    ('palette', 'palette: each letter'), ('screen', 'another screen by its digit'),
    ('res-down', 'residents: Down', 3, 600), ('res-pgdn', 'residents: PgDn', 10, 4096), ('res-find', 'residents: / and each letter'),
    ('res-open', 'residents: Enter opens the person'),
    ('pool-down', 'pool of 议题, settled ones too: Down', 3, 600), ('met-open', 'list of meetings: Enter opens one'), ('met-back', 'meeting: back to the list'),
    ('sign', 'running meeting: one signs in'), ('opinion', 'running meeting: an opinion, each of two keys'),
    ('vol-screen', 'volunteers: the list by its digit'), ('vol-down', 'volunteers: Down', 3, 600), ('vol-pgdn', 'volunteers: PgDn', 10, 4096),
    ('vol-find', 'volunteers: / and each letter'), ('vol-sort', 'volunteers: another order'), ('vol-open', 'volunteers: Enter opens the person'),
    ('vol-week', "volunteer's week: opened"), ('vol-paint', "volunteer's week: an hour painted"),
    ('board-open', 'roster board: opened'), ('board-move', 'roster board: to another shift', 3, 4096), ('board-week', 'roster board: another week'),
    ('board-assign', 'roster board: somebody is put on a shift'), ('plan-week', 'plan of a week: asked for'), ('plan-month', 'plan of four weeks: asked for'),
    ('plan-key', 'plan under way: a key'), ('gap-open', 'gaps: opened'), ('gap-down', 'gaps: Down', 3, 4096),
    ('call-pgdn', 'gaps, whom to ask: PgDn', 10, 4096), ('gap-trend', 'gaps: recruits, leavers, no-shows month by month'), ('att-open', 'sign-in list: opened'),
    ('att-down', 'sign-in list: Down', 3, 600), ('att-day', 'sign-in list: another day'), ('hours-open', 'service hours: opened'),
    ('hours-down', 'service hours: Down', 3, 600), ('hours-find', 'service hours: / and each letter of a volunteer'), ('record', 'service record of a volunteer'),
    ('meals-open', 'meals: the day by its digit'), ('meals-down', 'meals: Down', 3, 600), ('meals-day', 'meals: another day'),
    ('meals-other', 'meals: the other meal'), ('diners-open', 'diners: the list'), ('diners-down', 'diners: Down', 3, 600),
    ('diner-open', 'diners: Enter opens one'), ('dispatch-open', 'dispatch board: opened'), ('doors-open', 'doors: opened'),
    ('doors-down', 'doors: Down', 3, 600),
    ('dec-open', 'list of decisions: Enter opens one'), ('review-tab', 'head: the next tab'), ('review-down', 'head, outcomes: Down', 3, 600),
)]

# What people type in the search of the issue list; each letter is one key.
WORDS = ['水管', '楼道堆物', '路灯', 'wxy', '电梯', '3-2-501', '噪声', '垃圾']


def typed(label, words, clear):
    """Keys that search for each word, one letter a key, and clear the search again."""
    return ' '.join(f'~/ ~<Wait:60> {" ".join(f"{label}={letter}" for letter in word)} ~<Wait:300> {clear}' for word in words)


def repeat(n, keys):
    return ' '.join([keys] * n)


def youlin_sessions(n):
    """Sessions of the program as (login, name, keys); n scales how often a thing is done."""
    few = max(3, n // 10)
    issues = (f'~2 <Expect:事项> ~<F8> <Wait:4000> down=<Down>*{n} pgdn=<PgDn>*{n} {repeat(few, "end=<End> home=<Home>")} '
              f'{repeat(few, "open=<Enter> <Wait:50> back=<F10> <Wait:50> ~<Down>")} '
              + typed('find', WORDS[:max(2, min(len(WORDS), n // 10))], '~<Esc> <Wait:1500>')
              + f' {repeat(few, "sort=O <Wait:500>")} {repeat(few, "screen=1 screen=2")}')
    burst = ' '.join(f'type={text}' for text in ['楼道', '水管', '漏水', '三天', '没人', '来修'])
    form = (f'~<F2> <Expect:提事登记> {repeat(few, "pick=w pick=x pick=y ~<BS>*3 <Wait:100>")} {repeat(few, "field=<Tab> field=<Tab> field=<S-Tab> field=<S-Tab>")} '
            f'~<Tab>*4 ~<Tab> {repeat(few, burst + " ~<BS>*12")} ~<Esc>')
    residents = (f'~8 <Expect:居民> <Wait:1000> res-down=<Down>*{n} res-pgdn=<PgDn>*{n} {repeat(few, "res-open=<Enter> <Wait:50> ~<F10> <Wait:50> ~<Down>")} '
                 + typed('res-find', ['wxy', 'zhang', '3321', '3-2-501', '王秀'][:max(2, n // 20)], '~<Esc> <Wait:300>'))
    palette = repeat(few, '~<C-p> <Wait:50> palette=t palette=s palette=d palette=j ~<Esc> <Wait:100>')
    # The running meeting is the fourth of those that are not filed; a signature and an opinion are taken back or added, which costs the same.
    deliberation = (f'~3 <Expect:议题池> ~<F8> <Wait:1000> pool-down=<Down>*{n} ~<Tab> <Expect:议事会> ~<Home> ~<Down>*3 ~<Enter> <Expect:进行中> ~<Tab> ~<Home> '
                    f'{repeat(few, "sign=<Space> <Wait:100>")} {repeat(few, "opinion=o <Wait:50> opinion=1 <Wait:100> ~<Down>")} ~<F10> <Wait:200> ~<F8> <Wait:1000> '
                    f'{repeat(few, "met-open=<Enter> <Wait:50> met-back=<F10> <Wait:50> ~<Down>")} ~<Tab> <Wait:200> ~<F8> <Wait:1000> '
                    f'{repeat(few, "dec-open=<Enter> <Wait:50> ~<F10> <Wait:50> ~<Down>")}')
    review = f'~<C-p> ~d ~b <Wait:200> ~<Enter> <Expect:待批> <Wait:1000> ~<Tab> <Wait:2000> review-down=<Down>*{n} {repeat(few, "review-tab=<Tab> <Wait:300>")}'
    at_desk = [('desk', '陈晓', keys) for keys in (issues, form, residents, palette, deliberation)]
    return (at_desk + [('head', '俞国华', review)] + [('grid', '沈建明', keys) for keys in roster_sessions(n)] +
            [('canteen', '顾美芳', keys) for keys in canteen_sessions(n)])


def canteen_sessions(n):
    """What the canteen does with a meal of a day, its diners, routes and doors; nothing is written."""
    few = max(3, n // 10)
    meals = (f'{repeat(few, "meals-open=5 <Wait:300> ~1 <Wait:300>")} ~5 <Expect:送餐> <Wait:500> meals-down=<Down>*{n} '
             f'{repeat(few, "meals-day=[ <Wait:200>")} {repeat(few, "meals-day=] <Wait:200>")} {repeat(few, "meals-other=m <Wait:200>")}')
    diners = (f'~5 <Expect:送餐> <Wait:300> {repeat(few, "diners-open=u <Wait:300> ~<F10> <Wait:200>")} ~u <Expect:就餐老人> <Wait:500> diners-down=<Down>*{n} '
              f'~<Home> {repeat(few, "diner-open=<Enter> <Wait:100> ~<F10> <Wait:100> ~<Down>")}')
    routes = (f'~5 <Expect:送餐> <Wait:300> {repeat(few, "dispatch-open=<F6> <Wait:500> ~<F10> <Wait:200>")} '
              f'{repeat(few, "doors-open=<F8> <Wait:300> ~<F10> <Wait:200>")} ~<F8> <Wait:500> doors-down=<Down>*{n}')
    return [meals, diners, routes]


def roster_sessions(n):
    """What a grid worker does with volunteers and rosters. Waits let what is found in idle time come to its end, so that each key meets the screen at rest."""
    few = max(3, n // 10)
    words = ['wxy', 'zhang', '3321', '王秀'][:max(2, n // 20)]
    volunteers = (f'{repeat(few, "vol-screen=4 <Wait:300> ~1 <Wait:300>")} ~4 <Wait:1000> vol-down=<Down>*{n} vol-pgdn=<PgDn>*{n} ~<Home> <Wait:300> '
                  f'{repeat(few, "vol-open=<Enter> <Wait:100> ~<F10> <Wait:100> ~<Down>")} ' + typed('vol-find', words, '~<Esc> <Wait:300>') +
                  f' {repeat(few, "vol-sort=O <Wait:500>")} {repeat(few, "vol-week=<F5> <Wait:100> vol-paint=1 <Wait:100> vol-paint=2 <Wait:100> ~<F10> <Wait:100> ~<Down>")}')
    # The last of those who are listed can be put on the shift: thousands can.
    moves = 'board-move=<Right> <Wait:150> board-move=<Down> <Wait:150> board-move=<Left> <Wait:150> board-move=<Down> <Wait:150>'
    put_on = '~<Tab> ~<End> ~<Up> board-assign=<Space> <Wait:400> ~<Tab> ~<Down> <Wait:200>'
    board = (f'~4 <Wait:500> {repeat(few, "board-open=r <Wait:600> ~<F10> <Wait:200>")} ~r <Wait:600> {repeat(few, "board-week=] <Wait:300> board-week=[ <Wait:300>")} '
             f'~] <Wait:300> ~<Home> {repeat(max(2, n // 4), moves)} ~<Home> <Wait:200> {repeat(few, put_on)}')
    plan = (f'~4 <Wait:500> ~r <Wait:600> ~] <Wait:600> {repeat(few, "plan-week=<F6> plan-key=<Down> <Expect:新排> ~<F10> <Wait:300>")} '
            f'{repeat(few, "~<F6> <Expect:新排> plan-month=<F8> plan-key=<Down> <Expect:新排> ~<F10> <Wait:300>")}')
    gaps = (f'~4 <Wait:500> {repeat(few, "gap-open=Q <Wait:800> ~<F10> <Wait:200>")} ~Q <Wait:800> {repeat(n, "gap-down=<Down> <Wait:150>")} ~<Tab> '
            f'{repeat(max(2, n // 4), "call-pgdn=<PgDn> call-pgdn=<PgDn> call-pgdn=<PgUp> call-pgdn=<PgUp>")} {repeat(few, "gap-trend=<F7> <Wait:100> ~<Esc> <Wait:100>")}')
    hours = (f'~4 <Wait:500> {repeat(few, "att-open=s <Wait:200> ~<F10> <Wait:200>")} ~s <Wait:200> att-down=<Down>*{n} {repeat(few, "att-day=[ <Wait:100>")} ~<F10> '
             f'<Wait:200> {repeat(few, "record=t <Wait:200> ~<F10> <Wait:200> ~<Down>")} '
             f'{repeat(few, "~<C-p> ~f ~w ~s ~c <Wait:200> hours-open=<Enter> <Wait:500> ~<F10> <Wait:200>")} ~<C-p> ~f ~w ~s ~c <Wait:200> ~<Enter> <Expect:服务时长> '
             f'<Wait:1000> hours-down=<Down>*{n} ' + typed('hours-find', words, '~<Esc> <Wait:500>'))
    return [volunteers, board, plan, gaps, hours]


class Report:
    def __init__(self):
        self.rows = {}                                 # job key → [(program, figures)]
        self.notes = []

    def add(self, program, groups):
        for key, row in groups.items():
            if row['n'] > row['silent']:
                self.rows.setdefault(key, []).append((program, row))

    def print_table(self):
        missed = 0
        print('| what | program | n | median ms | p99 ms | max ms | settled ms | cpu ms | bytes | budget | kept |')
        print('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |')
        for job in JOBS:
            for program, row in self.rows.get(job.key, []):
                ours = program == 'youlin'
                over = job.kept(row) if ours else ''
                missed += bool(over)
                limits = [f'< {job.median} ms' if job.median else '', f'≤ {job.size} B' if job.size else '', f'p99 ≤ {job.p99}' if job.p99 else '']
                budget = ', '.join(x for x in limits if x) if ours else ''
                kept = ('no: ' + over if over else 'yes' if budget else '') if ours else ''
                print(f"| {job.title} | {program} | {row['n']} | {row['median']:.1f} | {row['p99']:.1f} | {row['max']:.1f} | {row['settled']:.1f} | {row['cpu']:.1f} |"
                      f" {row['bytes']} | {budget} | {kept} |")
        for note in self.notes:
            print(f'- {note}')
        return missed


def summaries(groups):
    return {label: ptylat.summary(label, samples) for label, samples in groups.items()}


def as_start(row):
    """A start-up's figures with the full frame in place of the last byte."""
    return dict(row, median=row['full'], p99=row['full_p99'], max=row['full_p99'])


def drop_cache(path):
    """Ask the system to forget a file's pages; only a hint, and only for what is not dirty."""
    with open(path, 'rb') as f:
        os.fsync(f.fileno())
        os.posix_fadvise(f.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def warm_cache(path):
    with open(path, 'rb') as f:
        while f.read(1 << 22):
            pass


def measure_youlin(report, program, db, n, size):
    rows, cols = size
    command = [program, '--db', db]
    how = {'rows': rows, 'cols': cols}
    drop_cache(db)
    report.add('youlin', {'start-cold': as_start(ptylat.measure_starts(command, 1, until='登录', **how))})
    warm_cache(db)
    report.add('youlin', {'start': as_start(ptylat.measure_starts(command, max(5, n // 5), until='登录', **how))})
    groups = {}
    for login, name, keys in youlin_sessions(n):
        t, _ = ptylat.start(command, until='登录', **how)
        try:
            steps = ptylat.parse_keys(f'~{login} ~<Tab> ~{PASSWORD} login=<Enter> <Expect:{name}> <Wait:500> {keys}')
            for label, samples in ptylat.feed(t, steps).items():
                groups.setdefault(label, []).extend(samples)
        finally:
            t.close()
    report.add('youlin', summaries(groups))


def measure_tig(report, repository, n, size):
    rows, cols = size
    how = {'rows': rows, 'cols': cols, 'cwd': repository}
    full = rows - 2
    report.add('tig', {'start': as_start(ptylat.measure_starts(['tig'], max(3, n // 10), full, 'commit 1 of', **how))})
    few = max(3, n // 10)
    t, _ = ptylat.start(['tig'], until='commit 1 of', **how)
    try:
        keys = (f'<Wait:3000> down=<Down>*{n} pgdn=<PgDn>*{n} {repeat(few, "end=<End> home=<Home>")} '
                f'{repeat(few, "open=<Enter> <Wait:100> back=q ~<Down>")} {repeat(few, "~/ ~m ~e ~r find=<Enter>")} {repeat(few, "screen=m screen=r")}')
        report.add('tig', summaries(ptylat.feed(t, ptylat.parse_keys(keys))))
    finally:
        t.close()
    commits = subprocess.run(['git', '-C', repository, 'rev-list', '--count', 'HEAD'], capture_output=True, text=True, check=True).stdout.strip()
    report.notes.append(f'tig reads {commits} commits; its search is sent with Enter, so "find" is that one key')


def measure_visidata(report, csv, n, size):
    rows, cols = size
    command = ['vd', '--nothing', '-f', 'csv', csv]
    with open(csv, encoding='utf-8') as f:
        count = sum(1 for _ in f) - 1
    how = {'rows': rows, 'cols': cols}
    report.add('visidata', {'start': as_start(ptylat.measure_starts(command, 3, rows - 2, str(count), **how))})
    few = max(3, n // 10)
    t, _ = ptylat.start(command, until=str(count), **how)
    try:
        keys = (f'<Wait:1000> down=<Down>*{n} pgdn=<PgDn>*{n} {repeat(few, "end=gj home=gk")} {repeat(few, "open=<Enter> <Wait:100> back=q ~<Down>")} '
                f'{repeat(few, "~/ ~水 ~管 find=<Enter> <Wait:300>")} {repeat(few, "sort=[ <Wait:800> sort=] <Wait:800>")} '
                f'~e {repeat(few * 3, "type=水管")} ~<C-c> {repeat(few, "~<Space> palette=s palette=o palette=r ~<C-c>")}')
        report.add('visidata', summaries(ptylat.feed(t, ptylat.parse_keys(keys))))
    finally:
        t.close()
    report.notes.append(f'visidata has the same {count} issues as CSV; its search and its palette begin when Enter is sent')


QUERIES = [
    ('first page of issues, newest first', "SELECT number, title, status, due_day FROM issue WHERE deleted_at IS NULL ORDER BY raised_at DESC, id DESC LIMIT 26"),
    ('page in the middle by OFFSET', "SELECT number, title FROM issue WHERE deleted_at IS NULL ORDER BY raised_at DESC, id DESC LIMIT 26 OFFSET 75000"),
    ('all ids in order', "SELECT id FROM issue WHERE deleted_at IS NULL ORDER BY raised_at DESC, id DESC"),
    ('text by LIKE (水管)', "SELECT number, title FROM issue WHERE title LIKE '%水管%' OR body LIKE '%水管%' ORDER BY raised_at DESC LIMIT 26"),
    ('residents by initials', "SELECT name FROM resident WHERE name_initials LIKE 'wxy%' AND deleted_at IS NULL ORDER BY name_pinyin LIMIT 26"),
]


def measure_sqlite(report, db, times):
    """The queries themselves, without any screen: what no program on this database can beat by much."""
    connection = sqlite3.connect(f'file:{db}?mode=ro', uri=True)
    lines = []
    for title, sql in QUERIES:
        took = []
        for _ in range(times):
            t0 = time.perf_counter()
            connection.execute(sql).fetchall()
            took.append(1e3 * (time.perf_counter() - t0))
        lines.append(f'{title} {statistics.median(took):.2f} ms')
    connection.close()
    report.notes.append('sqlite3 alone: ' + '; '.join(lines))


def measure_peer(report, name, program, measure, subject, n, size):
    if not shutil.which(program) or not subject:
        report.notes.append(f'{name} is absent (run.sh --peers installs it)')
        return
    try:
        measure(report, subject, n, size)
    except ptylat.Failed as e:
        report.notes.append(f'{name} could not be measured: {e}')


def export_csv(db, path):
    if shutil.which('sqlite3') is None:
        raise SystemExit('bench: sqlite3 is missing')
    sql = "SELECT number, title, category, phase, status, due_day, raised_at FROM issue ORDER BY raised_at DESC"
    with open(path, 'w', encoding='utf-8') as out:
        subprocess.run(['sqlite3', '-csv', '-header', '-readonly', db, sql], stdout=out, check=True)


def machine():
    with open('/proc/cpuinfo', encoding='utf-8') as f:
        found = re.search(r'model name\s*:\s*(.+)', f.read())
    return f"{found.group(1) if found else 'CPU unknown'}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--program', required=True)
    ap.add_argument('--db', required=True)
    ap.add_argument('--repository', help='git repository for tig')
    ap.add_argument('--work', required=True, help='directory for what is made on the way')
    ap.add_argument('--size', default='30x100')
    ap.add_argument('-n', type=int, default=200, help='how often Down and PgDn are measured; the rest follows')
    args = ap.parse_args()
    size = tuple(int(x) for x in args.size.split('x'))
    report = Report()
    floor, _ = ptylat.start(['sh', '-c', 'stty -echo -icanon; printf ready; exec cat'])
    echo = ptylat.summary('echo', ptylat.feed(floor, ptylat.parse_keys('x*100'), quiet_s=0.015)['x'])
    floor.close()
    print(f"{machine()}; {args.size}, xterm-256color; an echoed byte takes {echo['median']:.2f} ms, p99 {echo['p99']:.2f} ms\n")
    measure_youlin(report, args.program, args.db, args.n, size)
    csv = os.path.join(args.work, 'issues.csv')
    export_csv(args.db, csv)
    measure_peer(report, 'tig', 'tig', measure_tig, args.repository, args.n, size)
    measure_peer(report, 'visidata', 'vd', measure_visidata, csv, args.n, size)
    measure_sqlite(report, args.db, 7)
    missed = report.print_table()
    print(f'- load at the end {os.getloadavg()[0]:.1f}')
    return 1 if missed else 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except ptylat.Failed as e:
        sys.stderr.write(f'bench: {e}\n')
        sys.exit(2)
