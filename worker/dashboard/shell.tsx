import type { Child, FC } from 'hono/jsx'
import { metricOf } from '../metrics/definitions'
import type { Metric } from '../metrics/metric'
import type { MetricId } from '../metrics/metricId'
import { DEFAULT_VIEW, searchOf, type View } from './address'
import type { Definition, PageData, PageProps, Panel, SharedProps } from './page'
import { PAGES, type PageId } from './pages'
import { SCRIPTS, STYLE } from './scripts'
import { segmentsOf } from './segmentsOf'
import { ViewLine } from './viewLine'

/** The HTML document around every page. */
export const Document: FC<{ title: string; script?: string; children?: Child; data?: PageData }> = props => {
  const script = props.script === undefined ? undefined : SCRIPTS[props.script]
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{props.title} · Footfall</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="manifest" href="/manifest.webmanifest" />
        {SCRIPTS.theme && <script src={SCRIPTS.theme.src} />}
        <link rel="stylesheet" href={STYLE} />
        {script?.imports.map(href => (
          <link rel="modulepreload" href={href} />
        ))}
        {script && <script type="module" src={script.src} />}
      </head>
      <body data-page={props.data && JSON.stringify(props.data)}>{props.children}</body>
    </html>
  )
}

/** The query that links to other pages share. */
const sharedSearch = (view: View, site = view.site): string =>
  searchOf({ ...view, site, ...(site !== view.site && { filters: [], segment: '' }), own: {} })

const SiteSwitcher: FC<PageProps> = ({ page, view, site, sites, rights }) => (
  <details class="menu">
    <summary aria-label={`Site: ${site?.domain ?? 'none'}`}>{site?.domain ?? 'No site yet'}</summary>
    <ul>
      {sites.map(({ domain }) => (
        <li>
          <a
            href={`${page.controls ? page.path : '/'}${sharedSearch(view, domain)}`}
            data-site={domain}
            aria-current={domain === site?.domain ? 'true' : undefined}
          >
            {domain}
          </a>
        </li>
      ))}
      {site && (
        <li>
          <a href={`/tag${searchOf({ ...DEFAULT_VIEW, site: site.domain })}`}>Installation</a>
        </li>
      )}
      {site && (
        <li>
          <a href={`/excluded${searchOf({ ...DEFAULT_VIEW, site: site.domain })}`}>Excluded traffic</a>
        </li>
      )}
      {site && (
        <li>
          <a href={`/coverage${searchOf({ ...DEFAULT_VIEW, site: site.domain })}`}>Coverage</a>
        </li>
      )}
      {sites.length > 1 && (
        <li>
          <a href="/sites">All sites</a>
        </li>
      )}
      {rights.add && (
        <li>
          <a href="/add">Add a site…</a>
        </li>
      )}
    </ul>
  </details>
)

const PageLinks: FC<PageProps & { of: PageProps['pages'] }> = ({ of, page, view }) => (
  <>
    {of.map(({ path, title, id }) => (
      <li>
        <a href={`${path}${sharedSearch(view)}`} data-keeps-view aria-current={id === page.id ? 'page' : undefined}>
          {title}
        </a>
      </li>
    ))}
  </>
)

const Navigation: FC<PageProps> = props => (
  <nav class="pages" aria-label="Pages">
    <ul>
      <PageLinks {...props} of={props.pages} />
    </ul>
  </nav>
)

/** How many places a phone's bottom bar has. */
const PLACES = 4

/** The pages of a phone's bottom bar, unless it has a place for each. The others are in its menu. */
const IN_BAR: readonly string[] = ['overview', 'cart', 'now'] satisfies PageId[]

const BottomBar: FC<PageProps> = props => {
  const { page, pages } = props
  const isShort = pages.length <= PLACES
  const rest = isShort ? [] : pages.filter(({ id }) => !IN_BAR.includes(id))
  return (
    <nav class="bottom" aria-label="Main">
      <ul>
        <PageLinks {...props} of={pages.filter(one => !rest.includes(one))} />
        {rest.length > 0 && (
          <li>
            <details class="menu">
              <summary aria-current={rest.some(({ id }) => id === page.id) ? 'true' : undefined}>More</summary>
              <ul>
                <PageLinks {...props} of={rest} />
              </ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  )
}

const SignOut: FC = () => (
  <form method="post" action="/logout">
    <button type="submit" class="quiet">
      Sign out
    </button>
  </form>
)

const Header: FC<PageProps> = props => (
  <header class="top">
    <a class="skip" href="#main">
      Skip to content
    </a>
    <span class="brand">{props.shared ? <bdi>{props.site?.domain}</bdi> : 'Footfall'}</span>
    {!props.shared && <SiteSwitcher {...props} />}
    <Navigation {...props} />
    {/* As wide as the sign that the script puts there: a word would wrap the line first. */}
    <button type="button" id="theme" class="quiet" aria-label="Theme">
      ◐
    </button>
    {!props.shared && <SignOut />}
  </header>
)

const SharedBy: FC<{ shared: SharedProps }> = ({ shared }) => (
  <footer class="shared-by">
    {shared.isFiltered && 'Shows only part of the traffic. '}
    Shared by Footfall
  </footer>
)

const PanelSection: FC<{ panel: Panel; page: PageProps }> = ({ panel, page }) => {
  const { id, title, lead, csv, half, hidden, Body } = panel
  return (
    <section class={half ? 'panel half' : 'panel'} id={id} aria-labelledby={`${id}-title`} data-panel hidden={hidden}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {lead && <p>{lead}</p>}
        {csv && (
          <button type="button" class="quiet csv" data-csv aria-label={`Download ${title} as CSV`}>
            CSV
          </button>
        )}
      </header>
      {Body && <Body {...page} />}
      <div class="body" data-body>
        {!Body && (
          <p class="state" data-loading>
            Loading…
          </p>
        )}
      </div>
    </section>
  )
}

const clientDefinition = ({ id, name, help, unit, better, change }: Metric): Definition => ({
  id,
  name,
  help,
  unit,
  better,
  change,
})

/** The definitions for the client, in the order of the ids. */
const definitions = (ids: readonly MetricId[]): PageData['metrics'] =>
  Object.fromEntries(ids.flatMap(id => metricOf(id) ?? []).map(metric => [metric.id, clientDefinition(metric)]))

/** Names of goals, funnels and segments are for those who see them on their pages. */
const namesOf = ({ site, pages, shared }: PageProps): Pick<PageData, 'segments' | 'goals' | 'funnels'> => {
  const shows = (metric: MetricId): boolean => !shared || pages.some(({ metrics }) => metrics.includes(metric))
  const { goals = [], funnels = [] } = site?.settings ?? {}
  return {
    segments: site && !shared ? segmentsOf(site.settings) : [],
    goals: shows('goal_conversions') ? goals.map(({ id, name }) => ({ id, name })) : [],
    funnels: shows('funnel') ? funnels.map(({ steps: _, ...funnel }) => funnel) : [],
  }
}

const sharedData = ({ shared, pages }: PageProps): PageData['shared'] =>
  shared && {
    key: shared.key,
    path: shared.path,
    isEmbedded: shared.isEmbedded,
    isLocked: shared.isLocked,
    paths: Object.fromEntries(
      PAGES.flatMap(({ id, path }) => pages.filter(page => page.id === id).map(page => [path, page.path])),
    ),
  }

const dataOf = (props: PageProps): PageData => ({
  site: props.site && {
    domain: props.site.domain,
    name: props.site.name,
    timezone: props.site.timezone,
    currency: props.site.currency,
  },
  ...namesOf(props),
  // Notes are about the whole site.
  annotations: props.shared?.isFiltered ? [] : (props.site?.settings.annotations ?? []),
  rights: props.rights,
  script: props.paths.script,
  metrics: definitions(props.page.metrics),
  shared: sharedData(props),
})

/** A page for a reader: navigation, controls, and panels for the client to fill. */
export const Shell: FC<PageProps> = props => (
  <Document
    title={[props.page.title, props.site?.domain].filter(Boolean).join(' · ')}
    script={props.page.id}
    data={dataOf(props)}
  >
    {!props.shared?.isEmbedded && <Header {...props} />}
    <main id="main" tabindex={-1}>
      <h1 class={props.page.controls ? 'unseen' : undefined}>{props.page.title}</h1>
      {props.page.controls && <ViewLine {...props} />}
      <noscript>
        <p class="state">Enable JavaScript to see your stats.</p>
      </noscript>
      <div class="panels">
        {props.page.panels.map(panel => (
          <PanelSection panel={panel} page={props} />
        ))}
      </div>
      <p id="announcement" class="unseen" aria-live="polite" />
    </main>
    {props.shared && <SharedBy shared={props.shared} />}
    {!props.shared?.isEmbedded && <BottomBar {...props} />}
  </Document>
)
