"""Write a C header that holds the SQL of the schema.

    embed_sql.py FILE.sql … OUTPUT.h

A file NNNN-name.sql becomes one row of schema_migrations, in order of NNNN; name.sql becomes the string schema_name.
Comments stay in the text: SQLite keeps them, so they document the live schema.
"""
import pathlib
import re
import sys


def literal(text):
    lines = []
    for line in text.splitlines():
        escaped = line.replace('\\', '\\\\').replace('"', '\\"').replace('?', '\\?')
        lines.append(f'\t"{escaped}\\n"')
    return '\n'.join(lines)


def main(inputs, output):
    migrations, texts = [], []
    for path in map(pathlib.Path, inputs):
        text = path.read_text(encoding='utf-8')
        numbered = re.fullmatch(r'(\d{4})-([a-z0-9-]+)', path.stem)
        if numbered:
            migrations.append((int(numbered[1]), numbered[2], text))
        else:
            texts.append((path.stem.replace('-', '_'), text))
    migrations.sort()
    for place, (version, name, _) in enumerate(migrations, 1):
        if version != place:
            sys.exit(f'migration {version:04}-{name}: expected number {place:04}')

    out = ['/* Made from src/store/schema by src/tools/embed_sql.py. */']
    for name, text in texts:
        out.append(f'static const char schema_{name}[] =\n{literal(text)};\n')
    out.append('static const struct migration schema_migrations[] = {')
    for version, name, text in migrations:
        out.append(f'\t{{ {version}, "{name}",\n{literal(text)} }},')
    out.append('};')
    pathlib.Path(output).write_text('\n'.join(out) + '\n', encoding='utf-8')


main(sys.argv[1:-1], sys.argv[-1])
