"""The house rules that a compiler does not check.

- includes point one way only: base <- plan; base <- store <- domain <- {sync, report} <- {ui, cli} <- main
- sqlite3.h is included by one file of src/store, curses.h by src/ui/tty.c alone, pango and cairo by src/report alone, xlsxwriter.h by its report_xlsx.c
- people never read the system's English: err_reason() says why a call failed
- no file has outgrown 700 lines; no line says that something is left to do
"""
import pathlib
import re
import sys

BELOW = {
    'base': set(),
    'plan': {'base'},
    'store': {'base'},
    'domain': {'base', 'store', 'plan'},
    'sync': {'base', 'store', 'domain'},
    'report': {'base', 'store', 'domain'},
    'ui': {'base', 'store', 'domain', 'plan', 'sync', 'report'},
    'cli': {'base', 'store', 'domain', 'plan', 'sync', 'report', 'ui'},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)
ENGLISH = re.compile(r'\b(\w*strerror\w*|perror|strsignal)\s*\(')
LEFT = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b|暂未实现|待实现')


def layer_of(path):
    parts = path.parts
    return parts[1] if len(parts) > 2 and parts[0] in ('src', 'include') else None


def main(root):
    faults = []
    sqlite_includers, curses_includers = [], []
    files = [p.relative_to(root) for folder in ('src', 'include') for p in (root / folder).rglob('*.[ch]')]
    for path in sorted(files):
        text = (root / path).read_text(encoding='utf-8')
        layer = layer_of(path)
        for name in INCLUDE.findall(text):
            if name == 'sqlite3.h':
                sqlite_includers.append(path)
            if name in ('curses.h', 'ncurses.h', 'ncursesw/curses.h'):
                curses_includers.append(path)
            if name.startswith(('pango', 'cairo', 'glib', 'hb')) and layer != 'report':
                faults.append(f'{path}: includes {name}; only src/report sets type')
            if name == 'xlsxwriter.h' and str(path) != 'src/report/report_xlsx.c':
                faults.append(f'{path}: includes {name}; only src/report/report_xlsx.c writes workbooks')
            target = name.split('/')[0]
            if layer and '/' in name and target in BELOW and target != layer and target not in BELOW[layer]:
                faults.append(f'{path}: includes {name}, which lies above layer {layer}')
        if text.count('\n') > 700:
            faults.append(f'{path}: {text.count(chr(10))} lines; split it by subject')
        for number, line in enumerate(text.splitlines(), 1):
            if ENGLISH.search(line):
                faults.append(f'{path}:{number}: says it in English; use err_reason()')
            if LEFT.search(line):
                faults.append(f'{path}:{number}: says that it is not done')
    if len(sqlite_includers) != 1 or layer_of(sqlite_includers[0]) != 'store':
        faults.append(f'sqlite3.h must have one includer in src/store, has: {[str(p) for p in sqlite_includers]}')
    if [str(p) for p in curses_includers] != ['src/ui/tty.c']:
        faults.append(f'curses.h must be included by src/ui/tty.c alone, is by: {[str(p) for p in curses_includers]}')
    if not files:
        faults.append('no source file found')
    print('\n'.join(faults) if faults else f'{len(files)} files keep the house rules')
    return 1 if faults else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
