import { expect, test } from 'vitest'
import { textFile } from '../../test/readImport'
import { readSqlDump } from './readSqlDump'
import { type Dialect, readValues } from './readValues'

const rowsOf = async (dump: string): Promise<unknown[]> => {
  const rows: unknown[] = []
  for await (const { columns, rows: found } of readSqlDump(textFile('x', dump).open(), table => table === 'wanted'))
    for (const row of found) rows.push(Object.fromEntries(columns.map((column, place) => [column, row[place]])))
  return rows
}

test('COPY is read, with its escapes', async () => {
  const dump =
    'COPY public.wanted (id, "text") FROM stdin;\n1\t\\N\n2\ta\\tb\\\\c\\nd\n\\.\n\nCOPY public.other (id) FROM stdin;\n9\n\\.\n'
  expect(await rowsOf(dump)).toEqual([
    { id: '1', text: '' },
    { id: '2', text: 'a\tb\\c\nd' },
  ])
})

test('INSERT of mysqldump is read, in the order of CREATE TABLE', async () => {
  const dump =
    "CREATE TABLE `wanted` (\n  `id` int NOT NULL,\n  `text` varchar(9) DEFAULT ');',\n  PRIMARY KEY (`id`),\n  KEY `text` (`text`)\n) ENGINE=InnoDB;\n" +
    "INSERT INTO `other` VALUES (1,'INSERT INTO `wanted` VALUES (9,9);');\nINSERT INTO `wanted` VALUES (1,'it\\'s \\\\'),(2,NULL);\nINSERT INTO `wanted` VALUES (3,'(),;\\n''');\n"
  expect(await rowsOf(dump)).toEqual([
    { id: '1', text: "it's \\" },
    { id: '2', text: '' },
    { id: '3', text: "(),;\n'" },
  ])
})

test('INSERT of pg_dump is read, with and without its columns', async () => {
  const dump =
    "CREATE TABLE public.wanted (\n    id integer NOT NULL,\n    text character varying(9),\n    CONSTRAINT a CHECK (id > 0)\n);\nINSERT INTO public.other VALUES (1, 'a\nINSERT INTO public.wanted VALUES (9, 9);\n');\n" +
    "INSERT INTO public.wanted VALUES (1, 'C:\\dir\\');\nINSERT INTO public.wanted (text, id) VALUES ('it''s', 2);\n"
  expect(await rowsOf(dump)).toEqual([
    { id: '1', text: 'C:\\dir\\' },
    { id: '2', text: "it's" },
  ])
})

test.each<[string, Dialect]>([
  ["(1,'a", 'mysql'],
  ["(1,'a'", 'mysql'],
  ["(1,'a\\'", 'mysql'],
  ["(1,'a''", 'postgresql'],
  ['(1', 'postgresql'],
  ['(', 'mysql'],
])('%s is no whole row yet', (text, dialect) => {
  expect(readValues(text, 0, dialect)).toBeNull()
})

test('a row that does not end is an error and not held in memory', async () => {
  await expect(rowsOf(`INSERT INTO \`wanted\` VALUES (1,'${'x'.repeat(5_000_000)}`)).rejects.toThrow(
    'The dump has a row that does not end.',
  )
})

test('many brackets after INSERT INTO take no longer than other text', async () => {
  const dump = `INSERT INTO ${'('.repeat(90_000)}\nINSERT INTO wanted (id, text) VALUES (1, 'a');\n`
  expect(await rowsOf(dump)).toEqual([{ id: '1', text: 'a' }])
})
