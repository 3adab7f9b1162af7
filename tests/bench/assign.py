"""Runs bench_assign, GLPK and CBC on the same rosters and prints one table; assign.sh builds and calls it.

Times are CPU seconds: of the planner without reading the file, median of five seeds; of the peers the whole process with reading the LP.
"""
import argparse
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# name, volunteers, shifts, seed, kind, reach; best cost known; budget of the planner in seconds
FILES = [
    ('week-flow', 84, 60, 1, 'flow', 'local', 859509, 0.02),
    ('week-ilp', 84, 60, 1, 'ilp', 'local', 4230550, 0.02),
    ('r4-flow', 800, 500, 14, 'flow', 'local', 419929, 0.03),
    ('r5-flow', 2000, 1000, 15, 'flow', 'local', 1548228, 0.1),
    ('r6-flow', 5012, 2000, 16, 'flow', 'local', 1238471, 0.3),
    ('r3-ilp', 200, 200, 113, 'ilp', 'local', 13937970, 0.3),
    ('r4-ilp', 800, 500, 114, 'ilp', 'local', 8212228, 0.5),
    ('r5-ilp', 2000, 1000, 115, 'ilp', 'local', 7870419, 1),
    ('r6-ilp', 5012, 2000, 116, 'ilp', 'local', 3892028, 2),
]
SEEDS = 5


def cpu_of(command, **how):
    """Standard output of a command and its CPU time; None where it failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **how)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime - before.ru_utime, done.returncode


def plan(program, roster, budget):
    """Median cost, its bound and places, and the seconds used."""
    runs = []
    for seed in range(1, SEEDS + 1):
        text, _, status = cpu_of([program, roster, str(budget), str(seed)])
        if status:
            sys.exit(f'{roster}: {text}')
        runs.append({key: float(value) for key, value in re.findall(r'^(\w+) (\S+)$', text, re.M)})
    middle = sorted(runs, key=lambda run: run['cost'])[SEEDS // 2]
    return middle, statistics.median(run['seconds'] for run in runs), statistics.median(run['again_seconds'] for run in runs)


def glpk(lp, work, limit):
    out = work / 'glpk.out'
    _, seconds, _ = cpu_of(['glpsol', '--lp', lp, '--tmlim', str(limit), '-o', out])
    text = out.read_text() if out.exists() else ''
    status, found = re.search(r'^Status:\s+(.*)$', text, re.M), re.search(r'^Objective:.*= (\S+)', text, re.M)
    return (float(found[1]) if found and status and status[1].strip() in ('OPTIMAL', 'INTEGER OPTIMAL') else None), seconds


def cbc(lp, work, limit):
    text, seconds, _ = cpu_of(['cbc', lp, 'sec', str(limit), 'solve'])
    found = re.search(r'^Objective value:\s+(\S+)', text, re.M) or re.search(r'Optimal objective (\S+)', text)
    stopped = 'Stopped on time' in text
    return (float(found[1]) if found and not stopped else None), seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    parser.add_argument('--limit', type=int, default=200)
    parser.add_argument('--peers', action='store_true')
    parser.add_argument('files', nargs='*')
    args = parser.parse_args()
    solvers = [(name, run) for name, tool, run in (('GLPK', 'glpsol', glpk), ('CBC', 'cbc', cbc)) if shutil.which(tool)]
    if args.peers and len(solvers) < 2:
        sys.exit('GLPK or CBC is missing')
    good = True
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        rows = [(name, None, None) for name in args.files]
        if not rows:
            for name, people, shifts, seed, kind, reach, best, budget in FILES:
                path = work / f'{name}.roster'
                made = subprocess.run([sys.executable, ROOT / 'tests/tools/gen_roster.py', name, str(people), str(shifts), str(seed), kind, reach],
                                      stdout=subprocess.PIPE, text=True, check=True)
                path.write_text(made.stdout)
                rows.append((str(path), best, budget))
        print('| file | cost | over the best known | at most places off | open | seconds | again ms |' + ''.join(f' {n} |' for n, _ in solvers))
        for roster, best, budget in rows:
            found, seconds, again = plan(args.program, roster, budget or 1)
            over = (found['cost'] - best) / best * 100 if best else None
            good &= best is None or over <= 0.05
            cells = [pathlib.Path(roster).stem, f"{found['cost']:.0f}", '' if over is None else f'{over:.3f} %', f"{found['at_most']:.0f}",
                     f"{found['unfilled']:.0f}", f'{seconds:.3f}', f'{again * 1000:.1f}']
            lp = work / 'peer.lp'
            if solvers:
                lp.write_text(subprocess.run([args.program, '--lp', roster], stdout=subprocess.PIPE, text=True, check=True).stdout)
            for _, run in solvers:
                cost, used = run(lp, work, args.limit)
                cells.append(f'> {used:.1f} s' if cost is None else f'{cost:.0f} in {used:.2f} s')
            print('| ' + ' | '.join(cells) + ' |', flush=True)
    return 0 if good else 1


sys.exit(main())
