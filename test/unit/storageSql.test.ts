import { expect, test } from 'vitest'
import { DICTIONARY_NAMES, DICTIONARY_STATEMENTS } from '../../worker/storage/assembled/dictionaryStatements'
import * as ofEvents from '../../worker/storage/assembled/eventStatements'
import { PERSON_STATEMENTS } from '../../worker/storage/assembled/personStatements'
import * as ofSessions from '../../worker/storage/assembled/sessionStatements'

const STATEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries(DICTIONARY_NAMES.map(name => [name, { ...DICTIONARY_STATEMENTS[name] }])),
  events: ofEvents,
  sessions: ofSessions,
  persons: PERSON_STATEMENTS,
}

test.each(Object.keys(STATEMENTS))('the SQL that the schema gives for %s is the one in git', async name => {
  const text = Object.entries(STATEMENTS[name] ?? {}).map(([statement, sql]) => `-- ${statement}\n${sql};\n`)
  await expect(text.join('\n')).toMatchFileSnapshot(`storageSql/${name}.sql`)
})
