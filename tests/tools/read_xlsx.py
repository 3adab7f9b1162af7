"""What a workbook holds, a line a thing, read without the library that wrote it.

read_xlsx.py FILE
    sheet NAME frozen=ROWS columns=WIDTH,WIDTH,…
    NAME!A2 s TEXT                      text
    NAME!B2 n NUMBER FORMAT             a number as it stands, and how it is shown
    NAME!C2 f FORMULA                   never of ours
    chart bar|line TITLE: CATEGORIES NAMES=VALUES …
"""
import re
import sys
import zipfile
import xml.etree.ElementTree as tree

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
RELATION = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
CHART = '{http://schemas.openxmlformats.org/drawingml/2006/chart}'
DRAWING = '{http://schemas.openxmlformats.org/drawingml/2006/main}'
BUILT_IN = {0: 'General', 1: '0', 2: '0.00', 4: '#,##0.00', 49: '@'}


def part(book, name):
    return tree.fromstring(book.read(name))


def unescape(text):
    return re.sub(r'_x([0-9A-Fa-f]{4})_', lambda m: chr(int(m.group(1), 16)), text)


def formats(book):
    styles = part(book, 'xl/styles.xml')
    own = {int(f.get('numFmtId')): f.get('formatCode') for f in styles.iter(MAIN + 'numFmt')}
    cells = styles.find(MAIN + 'cellXfs')
    return [own.get(int(x.get('numFmtId')), BUILT_IN.get(int(x.get('numFmtId')), x.get('numFmtId'))) for x in cells]


def strings(book):
    if 'xl/sharedStrings.xml' not in book.namelist():
        return []
    return [''.join(t.text or '' for t in si.iter(MAIN + 't')) for si in part(book, 'xl/sharedStrings.xml')]


def sheet(book, name, path, texts, looks):
    root = part(book, path)
    pane = root.find(f'.//{MAIN}pane')
    widths = []
    for column in root.iter(MAIN + 'col'):
        widths += [column.get('width')] * (int(column.get('max')) - int(column.get('min')) + 1)
    widths = [str(round(float(w) - 0.7109375)) for w in widths]
    print(f"sheet {name} frozen={pane.get('ySplit') if pane is not None else 0} columns={','.join(widths)}")
    for cell in root.iter(MAIN + 'c'):
        value, formula = cell.find(MAIN + 'v'), cell.find(MAIN + 'f')
        where = f"{name}!{cell.get('r')}"
        if formula is not None:
            print(f'{where} f {formula.text}')
        elif value is not None and cell.get('t') == 's':
            print(f'{where} s', unescape(texts[int(value.text)]).replace('\n', '\\n'))
        elif value is not None:
            print(f"{where} n {value.text} {looks[int(cell.get('s', 0))]}")


def chart(book, path):
    root = part(book, path)
    title = root.find(f'.//{CHART}title')
    words = ''.join(t.text for t in title.iter(DRAWING + 't')) if title is not None else ''
    kind = 'bar' if root.find(f'.//{CHART}barChart') is not None else 'line'
    series = [(s.find(f'{CHART}tx//{CHART}f').text, s.find(f'{CHART}val//{CHART}f').text) for s in root.iter(CHART + 'ser')]
    axis = root.find(f'.//{CHART}cat//{CHART}f').text
    print(f'chart {kind} {words}:', ' '.join([axis] + [f'{name}={values}' for name, values in series]).replace("'", ''))


def main(path):
    book = zipfile.ZipFile(path)
    if book.testzip():
        sys.exit(f'{path}: {book.testzip()} is damaged')
    targets = {r.get('Id'): r.get('Target') for r in part(book, 'xl/_rels/workbook.xml.rels')}
    texts, looks = strings(book), formats(book)
    for s in part(book, 'xl/workbook.xml').iter(MAIN + 'sheet'):
        sheet(book, s.get('name'), 'xl/' + targets[s.get(RELATION + 'id')], texts, looks)
    for name in sorted(n for n in book.namelist() if n.startswith('xl/charts/chart')):
        chart(book, name)


main(sys.argv[1])
