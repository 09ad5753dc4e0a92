/** Groups that one query returns at most. */
export const MOST_AGENTS = 1_000
export const MOST_PAGES = 500

/** Local days may be asked by the hour and minute, since sites begin theirs at any. */
export interface EdgeSpan {
  readonly domain: string
  /** Epoch milliseconds. */
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** What a query selects and counts by. */
export interface EdgeQuery {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

const timeOf = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

/** Pages that the edge served: what was asked for by clients, and returned as HTML. */
const filterOf = ({ domain, from, to }: EdgeSpan) => ({
  datetime_geq: timeOf(from),
  datetime_lt: timeOf(to),
  requestSource: 'eyeball',
  clientRequestHTTPMethodName: 'GET',
  edgeResponseStatus: 200,
  edgeResponseContentTypeName: 'html',
  OR: [{ clientRequestHTTPHost: domain }, { clientRequestHTTPHost_like: `%.${domain}` }],
})

const queryOf = (limit: number, dimensions: string): string => `query Served($zone: string, $filter: filter) {
  viewer {
    zones(filter: { zoneTag: $zone }) {
      httpRequestsAdaptiveGroups(limit: ${limit}, filter: $filter, orderBy: [count_DESC]) {
        count
        avg { sampleInterval }
        dimensions { ${dimensions} }
      }
    }
  }
}`

/**
 * Pages by user agent.
 * @see https://developers.cloudflare.com/analytics/graphql-api/tutorials/end-customer-analytics/
 */
export const agentsQuery = (zone: string, span: EdgeSpan): EdgeQuery => ({
  query: queryOf(MOST_AGENTS, 'userAgent'),
  variables: { zone, filter: filterOf(span) },
})

/** Pages by user agent and path, of some user agents. */
export const pagesQuery = (zone: string, span: EdgeSpan, userAgents: readonly string[]): EdgeQuery => ({
  query: queryOf(MOST_PAGES, 'userAgent clientRequestPath'),
  variables: { zone, filter: { ...filterOf(span), userAgent_in: userAgents } },
})
