import { AI_CRAWLERS } from './aiCrawlers.ts'

const NAMES = new Map(AI_CRAWLERS.map(name => [name.toLowerCase(), name]))

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Longer names come first: `Claude-User` and not `Claude`. A name is a word of its own, so that Baiduspider is no spider. */
const PATTERN = new RegExp(
  `(?<![\\w-])(?:${[...NAMES.keys()]
    .sort((one, other) => other.length - one.length)
    .map(escaped)
    .join('|')})(?![\\w-])`,
  'i',
)

/**
 * The AI service's crawler or agent that a user agent names; `null` for everything else.
 * @example aiCrawlerOf('Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)') // 'GPTBot'
 */
export const aiCrawlerOf = (userAgent: string): string | null => {
  const found = PATTERN.exec(userAgent)?.[0]
  return found === undefined ? null : (NAMES.get(found.toLowerCase()) ?? null)
}
