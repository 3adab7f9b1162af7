"""Every use case has a name that people read in the journal.

Verbs are the texts given to txn_begin(), record_save() and the like, and texts of the same shape ("meeting.ballot") in tables. Each must stand in the table of
src/ui/change_verb.c, and nothing that no use case is called; steps of issues have their words in the table of transitions.
"""
import pathlib
import re
import sys

LABELS = 'src/ui/change_verb.c'
STEPS = 'src/domain/flow/issue_flow.c'
ENTRY = re.compile(r'^\t\{ "([^"]+)", "([^"]+)" \},$', re.M)
CALL = re.compile(r'\b(?:txn_begin|record_save|change_self)\([^;{]*?"([a-z_]+(?:\.[a-z_]+)*)"')
TEXT = re.compile(r'"([a-z_]+(?:\.[a-z_]+)+)"')
STEP = re.compile(r'NAME\("([^"]+)"\), \.label = "([^"]+)"')
HAN = re.compile(r'[\u4e00-\u9fff]')


def used(root, kinds):
    found = {}
    for path in sorted((root / 'src').rglob('*.c')):
        name = str(path.relative_to(root))
        if name == LABELS:
            continue
        text = path.read_text(encoding='utf-8')
        verbs = set(CALL.findall(text))
        verbs |= {verb for verb in TEXT.findall(text) if verb.split('.')[0] in kinds and not verb.endswith(('.h', '.ini'))}
        for verb in verbs:
            found.setdefault(verb, name)
    return found


def main(root):
    labels = dict(ENTRY.findall((root / LABELS).read_text(encoding='utf-8')))
    steps = {'issue.' + name for name, _ in STEP.findall((root / STEPS).read_text(encoding='utf-8'))}
    found = used(root, {verb.split('.')[0] for verb in labels if '.' in verb})
    faults = [f'{name}: "{verb}" has no words in {LABELS}' for verb, name in sorted(found.items()) if verb not in labels and verb not in steps]
    faults += [f'{LABELS}: nothing is called "{verb}"' for verb in sorted(labels) if verb not in found]
    faults += [f'{LABELS}: the words of "{verb}" are not Chinese' for verb, words in sorted(labels.items()) if not HAN.search(words)]
    if len(labels) < 50 or len(steps) < 20:
        faults.append(f'only {len(labels)} verbs and {len(steps)} steps were found; the tables are written another way now')
    print('\n'.join(faults) if faults else f'{len(found)} verbs have their words')
    return 1 if faults else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
