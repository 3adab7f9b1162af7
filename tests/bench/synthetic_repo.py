#!/usr/bin/env python3
"""A bare git repository of N commits for measuring tig: synthetic_repo.py PATH N

Linear history with a merge every tenth commit, one small file a commit, through git fast-import.  The commit-graph file is
written too, as `git gc` does: it is what lets tig start at once.
"""
import os
import random
import subprocess
import sys

WORDS = 'fix add remove doc test build parser index cache merge lock table widget key screen paste colour width'.split()
NAMES = ['Ada Lovelace', 'Grace Hopper', 'Barbara Liskov', 'Frances Allen', 'Radia Perlman', 'Karen Jones']


def commit(rng, n, parents, branch='main'):
    who = rng.choice(NAMES)
    subject = ' '.join(rng.choices(WORDS, k=rng.randint(3, 9)))
    at = 1_300_000_000 + n * 3600
    person = f'{who} <{who.split()[0].lower()}@example.org> {at} +0000'
    text = f'{subject}\n\n' + '\n'.join(' '.join(rng.choices(WORDS, k=8)) for _ in range(rng.randint(0, 5))) + '\n'
    body = '\n'.join(' '.join(rng.choices(WORDS, k=6)) for _ in range(12)) + '\n'
    lines = [f'commit refs/heads/{branch}', f'mark :{n}', f'author {person}', f'committer {person}', f'data {len(text)}', text]
    if parents:
        lines += [f'from :{parents[0]}'] + [f'merge :{p}' for p in parents[1:]]
    lines += [f'M 100644 inline src/{n % 97}.c', f'data {len(body)}', body]
    return '\n'.join(lines) + '\n'


def main(path, total):
    rng = random.Random(1)
    subprocess.run(['git', 'init', '-q', '--bare', '-b', 'main', path], check=True)
    # glibc would give its heap back and take it again at every commit: fifty times slower
    heap = dict(os.environ, MALLOC_TOP_PAD_=str(64 << 20), MALLOC_TRIM_THRESHOLD_=str(256 << 20))
    with subprocess.Popen(['git', '-C', path, 'fast-import', '--quiet'], stdin=subprocess.PIPE, text=True, env=heap) as git:
        tip, side = 0, 0
        for n in range(1, total + 1):
            if n % 10 == 5:                                     # a side branch of one commit, merged a little later
                git.stdin.write(commit(rng, n, [tip] if tip else [], 'side'))
                side = n
                continue
            parents = [tip, side] if n % 10 == 9 and side else [tip] if tip else []
            side = 0 if n % 10 == 9 else side
            git.stdin.write(commit(rng, n, parents))
            tip = n
        git.stdin.close()
        if git.wait():
            return 1
    subprocess.run(['git', '-C', path, 'branch', '-q', '-D', 'side'], check=True)
    subprocess.run(['git', '-C', path, 'commit-graph', 'write', '--no-progress'], check=True)
    return 0


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
