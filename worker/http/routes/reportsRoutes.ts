import type { Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { REPORT_INTERVALS } from '../../../shared/settings'
import type { HonoEnv } from '../../env'
import { Problem } from '../../lib/problem'
import { buildReport } from '../../reports/buildReport'
import { lastDeliveries } from '../../reports/lastDeliveries'
import { reportHtml } from '../../reports/render/reportHtml'
import { reportSlack } from '../../reports/render/reportSlack'
import { reportText } from '../../reports/render/reportText'
import type { SiteReport } from '../../reports/siteReport'
import { OWNER_OF_SITE, READER_BY_QUERY } from '../access'
import { route } from '../route'
import { siteOf } from '../siteOf'

type Format = (c: Context<HonoEnv>, report: SiteReport) => Response | Promise<Response>

const FORMATS: Readonly<Record<string, Format>> = {
  html: (c, report) => c.html(reportHtml(report)),
  text: (c, report) => c.text(reportText(report)),
  json: (c, report) => c.json(report),
  slack: (c, report) => c.json(reportSlack(report)),
}

/** A report has no scripts, images or links, and brings its styles along. */
const secure = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"], frameAncestors: ["'self'"] },
  referrerPolicy: 'same-origin',
})

const choiceIn = <T extends string>(c: Context<HonoEnv>, name: string, choices: readonly T[]): T => {
  const given = c.req.query(name) ?? choices[0]
  const choice = choices.find(one => one === given)
  if (choice !== undefined) return choice
  throw new Problem(400, `bad_${name}`, `"${name}" must be one of ${choices.join(', ')}.`)
}

/** Previews of reports, and what became of those that were sent. */
export const reportsRoutes = [
  route(
    'GET',
    '/reports/preview',
    READER_BY_QUERY,
    async c => {
      const every = choiceIn(c, 'every', REPORT_INTERVALS)
      const format = FORMATS[choiceIn(c, 'format', Object.keys(FORMATS))] as Format
      c.header('cache-control', 'no-store')
      return format(c, await buildReport(siteOf(c), every, Date.now()))
    },
    [secure],
  ),
  route('GET', '/api/v1/sites/:domain/deliveries', OWNER_OF_SITE, async c => c.json(await lastDeliveries(siteOf(c)))),
]
