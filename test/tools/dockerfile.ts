import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from '../../tools/config'

export interface Stage {
  /** `build` of `FROM … AS build`; `''` for the image itself. */
  readonly name: string
  readonly base: string
  /** Paths of the repository that it copies. */
  readonly sources: readonly string[]
  /** Names of other stages and the paths copied from there. */
  readonly copied: readonly { readonly stage: string; readonly path: string }[]
  readonly text: string
}

const wordsOf = (line: string): string[] => line.trim().split(/\s+/).slice(1)

const stageOf = (text: string): Stage => {
  const [base = '', , name = ''] = text.split('\n')[0]?.trim().split(/\s+/) ?? []
  const copies = [...text.matchAll(/^COPY .+$/gm)].map(([line]) => wordsOf(line))
  return {
    name,
    base,
    sources: copies.flatMap(words => (words[0]?.startsWith('--') ? [] : words.slice(0, -1))),
    copied: copies.flatMap(([from = '', path = '']) =>
      from.startsWith('--from=') ? [{ stage: from.slice('--from='.length), path }] : [],
    ),
    text,
  }
}

/** The stages of the Dockerfile, with continued lines joined. */
export const readStages = (): Stage[] =>
  readFileSync(join(PROJECT, 'Dockerfile'), 'utf8')
    .replaceAll('\\\n', ' ')
    .split(/^FROM /m)
    .slice(1)
    .map(stageOf)

/** `ENV` of a stage. */
export const environmentOf = ({ text }: Stage): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.split(/\s+/).map(entry => entry.split('='))),
  )

/** The command of `CMD […]`, or of `HEALTHCHECK … CMD […]`. */
export const commandOf = ({ text }: Stage, instruction: 'CMD' | 'HEALTHCHECK'): string[] => {
  const line = new RegExp(`^${instruction}.*$`, 'm').exec(text)?.[0] ?? ''
  return JSON.parse(line.slice(line.indexOf('[')))
}
