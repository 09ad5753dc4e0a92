import type { FC } from 'hono/jsx'
import type { CollectorPaths } from '../../shared/collectorPaths'
import type { Funnel, SiteSettings } from '../../shared/settings'
import type { Rights } from '../http/rights'
import type { Metric } from '../metrics/metric'
import type { MetricId } from '../metrics/metricId'
import type { SiteConfig } from '../storage/siteConfig'
import type { View } from './address'

/** A section of a page with its own heading. The page's client code draws it under the same id, and its texts name it by it. */
export interface Panel {
  readonly id: string
  /** Whether its content can be downloaded as CSV. */
  readonly csv?: true
  /** Hidden until its code shows it. */
  readonly hidden?: true
  /** Half as wide as the page where there is space. */
  readonly half?: true
  /** Rendered by the server, above what the client draws. */
  readonly Body?: FC<PageProps>
}

/** The texts that every page has. */
export interface PageTexts {
  readonly title: string
  /** The headings of its panels, by id. */
  readonly panels: Readonly<Record<string, string>>
  /** A sentence under the heading of a panel. */
  readonly leads?: Readonly<Record<string, string>>
}

/** A page of the dashboard, drawn by `client/pages/<id>.ts`. */
export interface Page {
  /** Names the client's entry point. */
  readonly id: string
  readonly texts: PageTexts
  readonly path: string
  /** An address that it had before, which still opens it. */
  readonly formerPath?: string
  /** Which controls it has: all, none, or only the period. */
  readonly controls: boolean | 'period'
  /** Controls that would change nothing on it. */
  readonly without?: readonly ('comparison' | 'granularity')[]
  /** Whether the navigation lists it. */
  readonly listed: boolean
  /** Whether only those see it who may add sites. */
  readonly adminOnly?: true
  /** What viewers of a share with this page may ask for. A share with filters has no `unfiltered` page. Others cannot be shared. */
  readonly share?: 'own metrics' | 'every metric' | 'unfiltered'
  /** Metrics whose definitions its client code needs. */
  readonly metrics: readonly MetricId[]
  readonly panels: readonly Panel[]
}

/** How somebody sees shared pages. */
export interface SharedProps {
  /** What the client sends instead of a session. */
  readonly key: string
  /** The path of the share, below which its pages are. */
  readonly path: string
  /** Whether another page shows it in a frame. */
  readonly isEmbedded: boolean
  /** Whether it shows a part of the traffic only. */
  readonly isFiltered: boolean
  /** Whether it has a password. */
  readonly isLocked: boolean
}

export interface PageProps {
  readonly page: Page
  /** The pages that the navigation lists, with the paths that lead to them. */
  readonly pages: readonly Page[]
  /** `null` for readers who have signed in. */
  readonly shared: SharedProps | null
  readonly view: View
  /** `null` on an installation without sites. */
  readonly site: SiteConfig | null
  /** The sites that the reader may see. */
  readonly sites: readonly SiteConfig[]
  readonly rights: Rights
  /** Scheme and host, without a trailing slash. */
  readonly origin: string
  readonly paths: CollectorPaths
}

/** The part of a metric that the client needs. */
export type Definition = Pick<Metric, 'id' | 'name' | 'help' | 'unit' | 'better' | 'change'>

/** A saved segment, as the client needs it. */
export interface SegmentData {
  readonly id: string
  readonly name: string
  /** The dimensions that its filters are on. */
  readonly dimensions: readonly string[]
}

/** A goal, as the client needs it. */
export interface GoalData {
  readonly id: string
  readonly name: string
}

/** A funnel, as the client needs it. */
export type FunnelData = Omit<Funnel, 'steps'>

/** What the client needs to know of a share. */
export interface SharedData extends Pick<SharedProps, 'key' | 'path' | 'isEmbedded' | 'isLocked'> {
  /** The path of each of its pages, by the path that the page has for those who sign in. */
  readonly paths: Readonly<Record<string, string>>
}

/** Data that the server puts into the page for the client. */
export interface PageData {
  readonly shared: SharedData | null
  readonly site: Pick<SiteConfig, 'domain' | 'name' | 'timezone' | 'currency'> | null
  readonly segments: readonly SegmentData[]
  readonly annotations: SiteSettings['annotations']
  readonly goals: readonly GoalData[]
  readonly funnels: readonly FunnelData[]
  readonly rights: Rights
  /** The path of the script. */
  readonly script: string
  /** By id. */
  readonly metrics: Partial<Readonly<Record<MetricId, Definition>>>
}
