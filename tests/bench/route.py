"""Runs bench_route on files and prints one table; route.sh builds and calls it."""
import argparse
import csv
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# name, elders, seed, whether carriers suffice: a grid, a community at noon, a street
MADE = [('m80-loose', 80, 8, 'loose'), ('m320-tight', 320, 32, 'tight'), ('m5000-loose', 5000, 5, 'loose')]


def best_known(path):
    """Name -> (unserved or None, cost)."""
    known = {}
    for row in csv.reader(open(path, encoding='utf-8')) if path else []:
        if len(row) >= 2 and row[1].isdigit():
            two = row[0].startswith('m') and len(row) > 2 and row[2].isdigit()
            known[row[0]] = (int(row[1]), int(row[2])) if two else (None, int(row[1]))
    return known


def made_files(folder):
    for name, elders, seed, tight in MADE:
        path = pathlib.Path(folder) / f'{name}.meal'
        text = subprocess.run([sys.executable, ROOT / 'tests/tools/gen_canteen.py', name, str(elders), str(seed), tight], stdout=subprocess.PIPE,
                              text=True, check=True).stdout
        path.write_text(text, encoding='utf-8')
        yield str(path)


def plan(program, path, seconds, seed):
    done = subprocess.run([program, path, str(seconds), str(seed)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode == 2:
        sys.exit(done.stdout.strip())
    if done.returncode:
        print(f'{path}: {done.stdout.strip()}')
        return None
    return {key: float(value) for key, value in re.findall(r'^(\w+) (\S+)$', done.stdout, re.M)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    parser.add_argument('--seconds', type=float, default=1)
    parser.add_argument('--seeds', type=int, default=1)
    parser.add_argument('--best')
    parser.add_argument('files', nargs='*')
    args = parser.parse_args()
    known, gaps, good = best_known(args.best), [], True
    with tempfile.TemporaryDirectory() as folder:
        files = args.files or [str(path) for path in sorted((ROOT / 'tests/data/route').iterdir())] + list(made_files(folder))
        print('| file | unserved | best | cost | over the best known | routes | seconds | rounds a second | load |', flush=True)
        for path in files:
            name = pathlib.Path(path).stem
            runs = [run for seed in range(1, args.seeds + 1) if (run := plan(args.program, path, args.seconds, seed))]
            good &= len(runs) == args.seeds
            if not runs:
                continue
            mean = {key: statistics.mean(run[key] for run in runs) for key in runs[0]}
            unserved, cost = known.get(name, (None, None))
            gap = (mean['cost'] - cost) / cost * 100 if cost else None
            if gap is not None and (unserved is None or mean.get('unserved') == unserved):
                gaps.append(gap)
            cells = [name, f"{mean['unserved']:.1f}" if 'unserved' in mean else '', '' if unserved is None else str(unserved), f"{mean['cost']:.0f}",
                     '' if gap is None else f'{gap:.2f} %', f"{mean['routes']:.1f}", f"{mean['seconds']:.3f}",
                     f"{mean['rounds'] / mean['seconds']:.0f}", f'{os.getloadavg()[0]:.1f}']
            print('| ' + ' | '.join(cells) + ' |', flush=True)
    if gaps:
        print(f'mean over the best known, where as many are served: {statistics.mean(gaps):.3f} % of {len(gaps)} files')
    return 0 if good else 1


sys.exit(main())
