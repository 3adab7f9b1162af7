"""The closing line of a test run: how many tests passed and failed, counted from meson's own log.

A cmocka program counts each of its tests; any other program counts as one.  Nothing run at all is a failure.
"""
import json
import os
import re
import sys


def count(entry):
    out = entry.get('stdout', '') + entry.get('stderr', '')
    passed = sum(int(n) for n in re.findall(r'\[  PASSED  \] (\d+) test', out))
    failed = sum(int(n) for n in re.findall(r'\[  FAILED  \] .*?(\d+) test\(s\)', out))
    if entry['result'] != 'OK':
        return passed, max(failed, 1)
    return max(passed, 1), 0


def main():
    passed = failed = 0
    if not os.path.exists(sys.argv[1]):
        print('no test was run')
        return 1
    with open(sys.argv[1], encoding='utf-8') as log:
        for line in log:
            entry = json.loads(line)
            if entry['result'] == 'SKIP':
                continue
            p, f = count(entry)
            passed, failed = passed + p, failed + f
            if f:
                print('failed:', entry['name'])
    print(f'{passed} passed, {failed} failed')
    return 0 if passed and not failed else 1


sys.exit(main())
