import { memoize } from '../../lib/memoize'
import { deviceOf } from '../enrich/device'
import lists from './lists.json' with { type: 'json' }

const OTHER = 'Other'

/** The longest first: "Googlebot-Image" before "Googlebot". */
const PROGRAMS = lists.agents.entries
  .map(name => ({ name, lower: name.toLowerCase() }))
  .sort((one, other) => other.name.length - one.name.length)

const find = (userAgent: string): string => {
  const lower = userAgent.toLowerCase()
  const program = PROGRAMS.find(one => lower.includes(one.lower))
  return program?.name ?? (deviceOf(userAgent, '', false).browser || OTHER)
}

/**
 * The family of a program or a browser: a name that a list has, never a part of the User-Agent.
 * @example agentFamily('Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)') // 'bingbot'
 */
export const agentFamily = memoize(find)
