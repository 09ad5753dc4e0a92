import type { ImportedEvent, ReadOptions } from '../importFormat.ts'
import { matomoAction, ON_PAGE } from './matomoAction.ts'
import { listOf, type MatomoObject, textOf } from './matomoObject.ts'
import { type MatomoOrigin, matomoOrigin, matomoVisitor } from './matomoVisit.ts'

/** Names actions that Matomo gives no id, such as goals, by what they are, and numbers equal ones as its database does. */
const idsOf = (visit: MatomoObject): ((action: MatomoObject) => string) => {
  const counts = new Map<string, number>()
  return action => {
    const page = textOf(action.pageId)
    if (page !== '') return `matomo-${textOf(visit.idSite)}-${page}`
    const name = [textOf(action.type), textOf(action.goalId), textOf(action.orderId), textOf(action.timestamp)].join(
      '-',
    )
    const count = counts.get(name) ?? 0
    counts.set(name, count + 1)
    return `matomo-${textOf(visit.idSite)}-visit-${textOf(visit.idVisit)}-${name}-${textOf(action.buster) || count}`
  }
}

const SECONDS = 15 * 60

const timestampOf = (value: unknown): number => Number(textOf(value) || Number.NaN)

/**
 * Seconds by which the times of a visit's actions are ahead of UTC. Matomo moves them into the site's time zone, but not the
 * time of the visit's first action. Zones differ by quarters of an hour.
 * @see https://github.com/matomo-org/matomo/issues/12819
 */
const aheadOf = (visit: MatomoObject, actions: readonly MatomoObject[]): number => {
  const first = Math.min(...actions.map(({ timestamp }) => timestampOf(timestamp)).filter(time => time > 0))
  const ahead = Math.round((first - timestampOf(visit.firstActionTimestamp)) / SECONDS) * SECONDS
  return Number.isFinite(ahead) ? ahead : 0
}

const withParameters = (address: string, { parameters }: MatomoOrigin): string => {
  const url = URL.parse(address)
  if (!url) return address
  for (const [name, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(name, value)
  return url.href
}

/** Events of a visit, in its order. The first page has what the visit says of its source. */
export const matomoEvents = (visit: MatomoObject, leaveOut: ReadOptions['leaveOut']): ImportedEvent[] => {
  const visitor = matomoVisitor(visit)
  const origin = matomoOrigin(visit)
  const idOf = idsOf(visit)
  let isFirst = true
  let page: string | undefined
  const actions = listOf(visit.actionDetails)
  const ahead = aheadOf(visit, actions)
  leaveOut('actions that Matomo cut off', Number(textOf(visit.truncatedActionsCount)) || 0)
  return actions.flatMap(action => {
    const time = (timestampOf(action.timestamp) - ahead) * 1000
    const found = time > 0 ? matomoAction(action, visit) : 'actions without a time'
    if (typeof found === 'string') {
      leaveOut(found)
      return []
    }
    const own = textOf(action.url)
    const isOnPage = ON_PAGE.has(textOf(action.type)) && own !== ''
    if (isOnPage) page = own
    const first = isFirst
    isFirst = false
    const id = idOf(action)
    return found.map((event, index) => ({
      id: index === 0 ? id : `${id}-${event.name}`,
      time,
      ...visitor,
      url: first && page !== undefined ? withParameters(page, origin) : page,
      ...(first && { referrer: origin.referrer }),
      ...event,
    }))
  })
}
