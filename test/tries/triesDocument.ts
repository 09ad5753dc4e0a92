import type { Speeds } from './measureSpeeds.ts'
import type { Tried } from './runTries.ts'

const HEAD = `# Seven tries

How far it is from the front page to the first number that somebody came for. \`npm run tries\` wrote this page: it starts real
servers and walks through the dashboard in Chromium, by the names that a reader sees, and counts each click. Choosing from a menu is two
clicks. The seconds are those of the machine, from opening the front page until the number is there; reading, thinking and typing
come on top. A test runs the same tries and fails when one takes more clicks than this page says.
`

const rowOf = ({ who, cameFor, clicks, fields, seconds, shown, stumbles }: Tried): string =>
  `| ${[who, cameFor, clicks, fields, seconds.toFixed(1), shown, stumbles].join(' | ')} |`

/** docs/tries.md after a run. */
export const triesDocument = (
  tried: readonly Tried[],
  { overview, filter }: Speeds,
  day: string,
  machine: string,
): string =>
  `${HEAD}
Measured on ${day}, on ${machine}.

| who | came for | clicks | fields typed into | seconds | saw | stumbled over |
|---|---|---:|---:|---:|---|---|
${tried.map(rowOf).join('\n')}

The overview of the demo has all its numbers after ${Math.round(overview)} ms in a browser without a cache, and is filtered ${Math.round(filter)} ms after a click
on a row: the best of eight or more.
`

const ROW = /^\| (.+?) \| .+? \| (\d+) \|/gm

/** The clicks of each try, by who it is, as a document says them. */
export const clicksIn = (document: string): ReadonlyMap<string, number> =>
  new Map([...document.matchAll(ROW)].map(([, who = '', clicks]) => [who, Number(clicks)]))
