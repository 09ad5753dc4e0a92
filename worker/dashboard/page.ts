import type { FC } from 'hono/jsx'
import type { Metric } from '../metrics/metric'
import type { MetricId } from '../metrics/metricId'
import type { Site } from '../storage/sites'
import type { View } from './address'

/** A part of a page with a heading of its own; the page's client code draws it under the same id. */
export interface Panel {
  readonly id: string
  readonly title: string
  /** One sentence under the heading. */
  readonly lead?: string
  /** Whether what is seen can be downloaded as CSV. */
  readonly csv?: true
  /** Half as wide as the page where there is room. */
  readonly half?: true
  /** What the server puts there until, or beside what, the client draws. */
  readonly Body?: FC<PageProps>
}

/** A page of the dashboard: an address, what stands there, and `client/pages/<id>.ts`, which draws it. */
export interface Page {
  /** Names the client's entry point. */
  readonly id: string
  readonly title: string
  readonly path: string
  /** The view above it: the period, filters and the rest for a site's numbers, or the period alone. */
  readonly controls: boolean | 'period'
  /** Whether the navigation names it. */
  readonly listed: boolean
  /** Whether a read key does not open it. */
  readonly adminOnly?: true
  /** Ids of the metrics whose names, units and sentences its client code needs. */
  readonly metrics: readonly MetricId[]
  readonly panels: readonly Panel[]
}

/** What the server knows when it renders a page. */
export interface PageProps {
  readonly page: Page
  readonly view: View
  /** The site that is shown, `null` on an installation without one. */
  readonly site: Site | null
  /** Every site that whoever signed in may see. */
  readonly sites: readonly Site[]
  readonly admin: boolean
  /** Scheme and host, without a slash at the end. */
  readonly origin: string
}

/** What the client is told of a metric. */
export type Definition = Pick<Metric, 'id' | 'name' | 'help' | 'unit' | 'better' | 'change'>

/** What the server tells the client, in the page itself. */
export interface PageData {
  readonly site: Pick<Site, 'domain' | 'name' | 'timezone' | 'currency'> | null
  readonly admin: boolean
  /** By id. */
  readonly metrics: Partial<Readonly<Record<MetricId, Definition>>>
}
