#!/usr/bin/env python3
"""Key-to-frame latency of any terminal program, measured from outside at its pseudo-terminal.

Starts COMMAND in a pty of a given size, waits until it has painted and gone quiet, then sends keys one at a time.
For each key it notes when the bytes of the answering frame arrive:

  first     write of the key -> first byte of output
  frame     write of the key -> last byte before a pause of 2 ms: the answer to the key; median, p90, p99, max are of this
  settled   write of the key -> last byte before QUIET ms of silence: when what goes on by itself has come to its end
  bytes     output bytes of the frame; all: until it settled
  cpu       CPU time of the program (all threads) until it settled: the figure to compare on a busy machine

KEYS: blank-separated tokens, each sent with one write(2) and measured alone.
  j            the text j                  <Down> <PgDn> <F2> <Enter> <Esc> <Tab> <S-Tab> <BS>
  j*50         fifty times, each measured   <C-a> <M-x> <Space> <lt> <star> <tilde>
  你好世界      a burst of an input method   <Paste:文字>    bracketed paste
  <Down>x      mixed, one write             <Size:40x120>  resize, measured
  <Wait:500>   sleep 500 ms                 <Expect:文字>   wait until the screen shows it, else stop with exit 2
  ~G  ~<Down>*40   a leading ~: sent and awaited, but left out of the report
  label=KEYS   the same under another name; equal names are reported together

Other modes
  --starts N   only start-up: run N times, report first byte and full frame
  --flood N    write the first token N times back to back (held key, paste): does the program keep up?
  --selftest   measures a trivial echo program (the floor of this harness) and checks the harness itself

Examples
  ptylat.py -k '<Down>*200 <PgDn>*50 G' -- less -N /var/log/dpkg.log
  ptylat.py -k '~/ ~wxy ~<Enter> <Down>*100' --max-p99 16 --screen -- build/youlin --db big.db
Exit status: 0; 1 a --max-* limit was passed or the self-test failed; 2 usage, or the program died or showed something else.
"""
import argparse
import curses
import gc
import json
import os
import random
import re
import statistics
import sys
import time

from terminal import NOW, Terminal

TERMINFO = {'Up': 'kcuu1', 'Down': 'kcud1', 'Left': 'kcub1', 'Right': 'kcuf1', 'Home': 'khome', 'End': 'kend',
            'PgUp': 'kpp', 'PgDn': 'knp', 'Ins': 'kich1', 'Del': 'kdch1', 'BS': 'kbs', 'S-Tab': 'kcbt'}
TERMINFO.update({f'F{n}': f'kf{n}' for n in range(1, 13)})
PLAIN = {'Enter': '\r', 'Esc': '\x1b', 'Tab': '\t', 'Space': ' ', 'lt': '<', 'star': '*', 'tilde': '~'}


class Failed(Exception):
    """The program died, painted nothing, or showed something else than expected."""


def named_key(name):
    if name in PLAIN:
        return PLAIN[name].encode()
    if name.startswith('Paste:'):
        return b'\x1b[200~' + name[6:].encode() + b'\x1b[201~'
    if name in TERMINFO:
        return curses.tigetstr(TERMINFO[name]) or b''
    if re.fullmatch(r'C-.', name):
        return bytes([ord(name[2].upper()) & 0x1f])
    if name.startswith('M-'):
        return b'\x1b' + (name[2:].encode() if len(name) == 3 else named_key(name[2:]))
    raise Failed(f'unknown key <{name}>')


def key_bytes(token):
    return b''.join(named_key(part[1:-1]) if re.fullmatch('<[^<>]+>', part) else part.encode()
                    for part in re.findall(r'<[^<>]+>|[^<]+|<', token))


class Step:
    """One token: kind is key, size, wait or expect; value what to send or wait for."""

    def __init__(self, token):
        self.measured = not (token.startswith('~') and len(token) > 1)
        token = token[0 if self.measured else 1:]
        named = re.fullmatch(r'([\w/+-]+)=(.+)', token)
        self.label, token = named.groups() if named else (None, token)
        times = re.fullmatch(r'(.+?)\*(\d+)', token)
        token, self.times = (times.group(1), int(times.group(2))) if times else (token, 1)
        self.label = self.label or token
        special = re.fullmatch(r'<(Wait|Expect|Size):(.+)>', token)
        if not special:
            self.kind, self.value = 'key', key_bytes(token)
            return
        self.kind, self.value = special.group(1).lower(), special.group(2)
        self.measured = self.measured and self.kind == 'size'
        if self.kind == 'size':
            self.value = tuple(int(n) for n in self.value.split('x'))


def parse_keys(spec, term='xterm-256color'):
    curses.setupterm(term, os.open(os.devnull, os.O_WRONLY))
    return [Step(token) for token in spec.split()]


def percentile(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, max(0, int(len(values) * p / 100 + 0.999999) - 1))]


def summary(label, samples):
    """Figures of one key; samples are (frame or None, cpu seconds)."""
    answered = [(f, cpu) for f, cpu in samples if f]
    out = {'key': label, 'n': len(samples), 'silent': len(samples) - len(answered)}
    if answered:
        took = [1e3 * f.frame for f, _ in answered]
        size = [f.bytes for f, _ in answered]
        out.update(first=statistics.median(1e3 * f.first for f, _ in answered),
                   median=statistics.median(took), p90=percentile(took, 90), p99=percentile(took, 99), max=max(took),
                   settled=statistics.median(1e3 * f.settled for f, _ in answered),
                   bytes=int(statistics.median(size)), bytes_p99=percentile(size, 99),
                   bytes_all=int(statistics.median(f.bytes_all for f, _ in answered)),
                   cpu=statistics.median(1e3 * cpu for _, cpu in answered))
    return out


def start(command, start_quiet_s=0.4, until=None, limit_s=60.0, **how):
    """A running program that has painted: (terminal, first frame)."""
    t = Terminal(command, **how)
    frame = t.frame(t.t_exec, start_quiet_s, limit_s, until)
    if frame is None or t.eof or (until and until not in t.text()):
        last = bytes(t.log[-300:]).decode('utf-8', 'replace')
        t.close()
        raise Failed(f'{command[0]} ended or painted nothing: {last!r}')
    return t, frame


def measure_starts(command, times, rows_full=0, until=None, **how):
    """Start-ups: figures as of a key; `full` is the median time to the first screen of rows_full rows that are not blank (0: to the
    last byte).  `until`: a text that says when the program has finished starting, so that the next one has the machine to itself."""
    samples, fulls, peak = [], [], 0
    for _ in range(times):
        t, frame = start(command, until=until, **how)
        samples.append((frame, t.cpu()))
        at = t.when(lambda text: sum(1 for row in text.split('\n') if row) >= rows_full) if rows_full else frame.settled
        if at is None:
            raise Failed(f'never {rows_full} rows; the screen was:\n{t.text()}')
        fulls.append(1e3 * at)
        peak = max(peak, t.peak_kb())
        t.close()
    return dict(summary('start', samples), full=statistics.median(fulls), full_p99=percentile(fulls, 99), peak_kb=peak)


def feed(t, steps, quiet_s=0.06, limit_s=2.0, pause_s=0.02, limit_expect_s=30.0):
    """Send the steps to a running program: {label: samples} of those that are measured.

    A random pause before each key keeps us from beating against a program that polls.
    """
    groups = {}
    gc.disable()
    for step in steps:
        if step.kind == 'wait':
            time.sleep(int(step.value) / 1000)
            t.drain()
            continue
        if step.kind == 'expect':
            if not t.expect(step.value, limit_expect_s):
                raise Failed(f'{step.value} not seen; the screen was:\n{t.text()}')
            continue
        for _ in range(step.times):
            time.sleep(random.random() * pause_s)
            t.drain()
            cpu0, t0 = t.cpu(), NOW()
            if step.kind == 'size':
                t.resize(*step.value)
            else:
                t.write(step.value)
            frame = t.frame(t0, quiet_s, limit_s)
            if t.eof:
                raise Failed(f'the program ended at {step.label}')
            if step.measured:
                groups.setdefault(step.label, []).append((frame, t.cpu() - cpu0))
    gc.enable()
    return groups


def flood(t, data, times):
    cpu0, t0 = t.cpu(), NOW()
    t.write(data * times)
    sent = NOW()
    frame = t.frame(sent, 0.15, 60.0)
    behind = frame.settled if frame else 0.0
    return {'keys': times, 'send': 1e3 * (sent - t0), 'behind': 1e3 * behind, 'cpu': 1e3 * (t.cpu() - cpu0)}


def over_limit(args, rows):
    limits = (('median', args.max_median), ('p99', args.max_p99), ('bytes', args.max_bytes))
    return [f"{row['key']}: {name} {row[name]:.1f} > {limit:g}"
            for row in rows for name, limit in limits if limit is not None and row.get(name, 0) > limit]


def print_rows(rows):
    columns = ('first', 'median', 'p90', 'p99', 'max', 'settled', 'cpu')
    sizes = ('bytes', 'bytes_p99', 'bytes_all')
    print(f"  {'key':18} {'n':>5}" + ''.join(f' {name:>8}' for name in columns) + ''.join(f' {name:>9}' for name in sizes))
    for row in rows:
        if row['n'] == row['silent']:
            print(f"  {row['key'][:18]:18} {row['n']:5}   no output")
            continue
        silent = f"  ({row['silent']} silent)" if row['silent'] else ''
        print(f"  {row['key'][:18]:18} {row['n']:5}" + ''.join(f' {row[name]:8.2f}' for name in columns)
              + ''.join(f' {row[name]:9}' for name in sizes) + silent)


def selftest():
    """The floor of the harness, and that it sees what it should: size of a frame, a delay, a text, a death."""
    def check(ok, what):
        print(('ok      ' if ok else 'FAILED  ') + what)
        return ok

    echo = ['sh', '-c', 'stty -echo -icanon; printf ready; exec cat']
    t, _ = start(echo)
    row = summary('echo', feed(t, parse_keys('x*300'), quiet_s=0.015)['x'])
    t.close()
    print_rows([row])
    good = check(row['median'] < 1.0 and row['bytes'] == 1, f"an echoed byte takes {row['median']:.3f} ms: the floor")
    slow = ['sh', '-c', "stty -echo -icanon; printf ready; while read -r -n 1 k; do sleep 0.03; printf '你好%s' \"$k\"; done"]
    t, _ = start(['bash'] + slow[1:])
    row = summary('slow', feed(t, parse_keys('x*10 <Expect:好x>'))['x'])
    good &= check(30 <= row['median'] < 300 and row['bytes'] == 7, f"a program that sleeps 30 ms takes {row['median']:.1f} ms")
    good &= check('你好x你好x' in t.text(), 'the screen shows what was sent')
    t.close()
    try:
        start(['sh', '-c', 'exit 3'])
        good &= check(False, 'a program that dies is noticed')
    except Failed:
        good &= check(True, 'a program that dies is noticed')
    return 0 if good else 1


def arguments():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('-s', '--size', default='30x100', help='ROWSxCOLS (30x100)')
    ap.add_argument('-t', '--term', default='xterm-256color')
    ap.add_argument('-e', '--env', action='append', default=[], metavar='K=V')
    ap.add_argument('-C', '--chdir')
    ap.add_argument('-k', '--keys', default='<Down>*100', help='see above (<Down>*100)')
    ap.add_argument('-q', '--quiet', type=float, default=60, metavar='MS', help='silence that ends a frame (60)')
    ap.add_argument('--start-quiet', type=float, default=400, metavar='MS', help='silence that ends start-up (400)')
    ap.add_argument('--rows-full', type=int, default=0, metavar='N', help='a start is complete when so many rows are not blank (0: at the last byte)')
    ap.add_argument('--until', metavar='TEXT', help='start-up also waits for this text on the screen')
    ap.add_argument('--pause', type=float, default=20, metavar='MS', help='at most this long between keys, at random (20)')
    ap.add_argument('--starts', type=int, metavar='N')
    ap.add_argument('--flood', type=int, metavar='N')
    ap.add_argument('--screen', action='store_true', help='print the last screen')
    ap.add_argument('--json', action='store_true')
    ap.add_argument('--max-median', type=float, metavar='MS')
    ap.add_argument('--max-p99', type=float, metavar='MS')
    ap.add_argument('--max-bytes', type=int, metavar='N', help='of the median frame')
    ap.add_argument('--selftest', action='store_true')
    ap.add_argument('command', nargs=argparse.REMAINDER)
    args = ap.parse_args()
    args.command = args.command[1:] if args.command[:1] == ['--'] else args.command
    if not args.command and not args.selftest:
        ap.error('no command')
    return args


def run(args):
    rows, cols = (int(n) for n in args.size.lower().split('x'))
    how = {'rows': rows, 'cols': cols, 'term': args.term, 'env': dict(kv.split('=', 1) for kv in args.env), 'cwd': args.chdir}
    if args.starts:
        found = [measure_starts(args.command, args.starts, args.rows_full, args.until, start_quiet_s=args.start_quiet / 1000, **how)]
        print('  full frame after {full:.1f} ms (p99 {full_p99:.1f}), peak {peak_kb} KiB'.format(**found[0]))
    else:
        steps = parse_keys(args.keys, args.term)
        t, frame = start(args.command, args.start_quiet / 1000, args.until, **how)
        found = [summary('start', [(frame, t.cpu())])]
        if args.flood:
            held = flood(t, steps[0].value, args.flood)
            print('  {keys} keys sent in {send:.0f} ms, quiet {behind:.1f} ms after the last, cpu {cpu:.1f} ms'.format(**held))
        else:
            found += [summary(label, xs) for label, xs in feed(t, steps, args.quiet / 1000, pause_s=args.pause / 1000).items()]
        if args.screen:
            print(t.text())
        t.close()
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(f"{' '.join(args.command)[:60]}   [{args.size}, TERM={args.term}]")
        print_rows(found)
    failed = over_limit(args, found)
    print(''.join(f'  FAILED {line}\n' for line in failed), end='')
    return 1 if failed else 0


if __name__ == '__main__':
    options = arguments()
    try:
        sys.exit(selftest() if options.selftest else run(options))
    except Failed as e:
        sys.stderr.write(f'ptylat: {e}\n')
        sys.exit(2)
