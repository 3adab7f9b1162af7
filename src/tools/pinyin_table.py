#!/usr/bin/env python3
"""Make pinyin_table.h from Unihan's readings (Debian package unicode-data): pinyin_table.py OUTPUT [READINGS].

A character's readings are ordered by use: kMandarin's customary one, those of kHanyuPinlu by frequency, then the
dictionaries'.  Tones are taken off and ü is written v, as people type it.
"""
import bz2
import collections
import os
import re
import sys
import unicodedata

READINGS = '/usr/share/unicode/Unihan_Readings.txt.bz2'
FIRST, LAST = 0x3400, 0x9FFF          # the dense table: extension A and the basic block
SPARSE = [0x3007] + list(range(0x20000, 0x323B0))
USUAL = {'幢': 'zhuang'}              # the reading of addresses, where Unihan puts another first
EXTRA = {'黑': 'he', '〇': 'ling'}     # what Unihan does not have: a surname's reading, the zero


def load(path):
    if not os.path.exists(path):
        sys.exit('pinyin_table.py: %s is missing; install the package unicode-data' % path)
    properties = collections.defaultdict(dict)
    with bz2.open(path, 'rt', encoding='utf-8') as lines:
        for line in lines:
            if line.startswith('U+'):
                code, name, value = line.rstrip('\n').split('\t')
                properties[int(code[2:], 16)][name] = value
    return properties


def plain(syllable):
    letters = unicodedata.normalize('NFD', syllable.lower()).replace('u\u0308', 'v')
    return ''.join(c for c in letters if not unicodedata.combining(c))


def readings(p):
    mandarin = p.get('kMandarin', '').split()
    found = mandarin[:1]
    found += [re.sub(r'\(\d+\)$', '', x) for x in p.get('kHanyuPinlu', '').split()]
    for dictionary in ('kTGHZ2013', 'kXHC1983'):
        found += [x.split(':')[1] for x in p.get(dictionary, '').split()]
    found += mandarin[1:]
    ordered = []
    for syllable in map(plain, found):
        if re.fullmatch('[a-z]*[aeiouv][a-z]*', syllable) and syllable not in ordered:
            ordered.append(syllable)
    return ordered


def rows(values, per_line=16):
    return ',\n'.join('\t' + ', '.join(values[i:i + per_line]) for i in range(0, len(values), per_line))


def write(path, table):
    syllables = sorted({s for found in table.values() for s in found})
    index = {s: i + 1 for i, s in enumerate(syllables)}      # 0: no reading
    dense = [str(index[table[c][0]]) if c in table else '0' for c in range(FIRST, LAST + 1)]
    more = ['{ 0x%X, %d }' % (c, index[s]) for c in sorted(table) if FIRST <= c <= LAST for s in table[c][1:]]
    sparse = ['{ 0x%X, %d }' % (c, index[s]) for c in sorted(table) if not FIRST <= c <= LAST for s in table[c]]
    longest = max(map(len, syllables))
    most = max(map(len, table.values()))
    with open(path, 'w', encoding='utf-8') as out:
        out.write('/* Made by pinyin_table.py from Unihan. An index of 0 means no reading. */\n')
        out.write('#include <stdint.h>\n\n')
        out.write('#define PINYIN_FIRST 0x%Xu\n#define PINYIN_LAST 0x%Xu\n' % (FIRST, LAST))
        out.write('#define PINYIN_READINGS_MAX %d\n\n' % most)
        out.write('static const char pinyin_syllables[][%d] = {\n\t"",\n%s\n};\n\n'
                  % (longest + 1, rows(['"%s"' % s for s in syllables], 8)))
        out.write('/* The usual reading of every character from PINYIN_FIRST to PINYIN_LAST. */\n')
        out.write('static const uint16_t pinyin_usual[] = {\n%s\n};\n\n' % rows(dense))
        out.write('struct pinyin_reading {\n\tuint32_t character;\n\tuint16_t syllable;\n};\n\n')
        out.write('/* Further readings of those, by character. */\n')
        out.write('static const struct pinyin_reading pinyin_further[] = {\n%s\n};\n\n' % rows(more, 6))
        out.write('/* All readings of the characters outside, by character. */\n')
        out.write('static const struct pinyin_reading pinyin_rare[] = {\n%s\n};\n' % rows(sparse, 6))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    properties = load(sys.argv[2] if len(sys.argv) == 3 else READINGS)
    table = {}
    for c in list(range(FIRST, LAST + 1)) + SPARSE:
        found = readings(properties.get(c, {}))
        if chr(c) in USUAL:
            found.sort(key=lambda s: s != USUAL[chr(c)])
        if chr(c) in EXTRA:
            found.append(EXTRA[chr(c)])
        if found:
            table[c] = found
    write(sys.argv[1], table)


if __name__ == '__main__':
    main()
