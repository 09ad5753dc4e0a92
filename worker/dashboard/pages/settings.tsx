import type { Child, FC } from 'hono/jsx'
import type { SiteSettings } from '../../../shared/settings'
import { HOOK_PROVIDERS } from '../../collect/hooks/hookProviders'
import { withoutRecipients } from '../../http/withoutRecipients'
import { DEFAULT_VIEW, searchOf } from '../address'
import { AlarmFields } from '../alarmFields'
import { ExportForm } from '../exportForm'
import { ImportForm } from '../importForm'
import type { Page, PageProps } from '../page'
import { PeopleForm } from '../peopleForm'
import { ShareForm } from '../shareForm'
import { settingsTexts } from '../texts/settings'

const TABS = [
  { id: 'general', title: 'General' },
  { id: 'goals', title: 'Goals' },
  { id: 'tracking', title: 'Tracking' },
  { id: 'filters', title: 'Traffic filters' },
  { id: 'reports', title: 'Reports & alerts', isOwners: true },
  { id: 'webhooks', title: 'Webhooks', isOwners: true },
  { id: 'imports', title: 'Imports & exports', isOwners: true },
  { id: 'people', title: 'People & keys', isOwners: true },
  { id: 'danger', title: 'Danger zone', isOwners: true },
] as const

type TabId = (typeof TABS)[number]['id']

/** Settings with a list of entries, in display order. */
const SETTINGS: readonly {
  readonly name: keyof SiteSettings
  readonly tab: TabId
  readonly title: string
  readonly hint: string
  readonly add: string
}[] = [
  {
    name: 'goals',
    tab: 'goals',
    title: 'Goals',
    hint: 'Actions you want visitors to take: an event, a page view, a scroll depth or a time on page. Use * as a wildcard in page paths. The goal value is what one conversion is worth, in the site’s currency.',
    add: 'Add goal',
  },
  {
    name: 'funnels',
    tab: 'goals',
    title: 'Funnels',
    hint: 'Steps you want visitors to take: two to eight events or pages. Use * as a wildcard in page paths. A window of 0.5 days is twelve hours.',
    add: 'Add funnel',
  },
  {
    name: 'conversions',
    tab: 'goals',
    title: 'Conversions',
    hint: 'Events and pages that count as conversions, in addition to purchase, sign_up, trial_start, generate_lead and subscription_start. Use * as a wildcard in page paths.',
    add: 'Add conversion',
  },
  {
    name: 'value_event',
    tab: 'goals',
    title: 'Activation event',
    hint: 'The action that shows a new user got value. Used for activation and time to value.',
    add: 'Set activation event',
  },
  {
    name: 'product_qualified',
    tab: 'goals',
    title: 'PQL criteria',
    hint: 'A trial becomes a product-qualified lead (PQL) when it meets all of these.',
    add: 'Add criterion',
  },
  {
    name: 'features',
    tab: 'goals',
    title: 'Features',
    hint: 'The features of your product, with the names to show for them.',
    add: 'Add feature',
  },
  {
    name: 'hostnames',
    tab: 'tracking',
    title: 'Additional domains',
    hint: 'Domains that may send data, in addition to the site’s own domain and its subdomains.',
    add: 'Add domain',
  },
  {
    name: 'kept_parameters',
    tab: 'tracking',
    title: 'Query parameters to keep',
    hint: 'Query parameters that stay part of a page’s path, such as id in /product?id=7. All others are removed. Applies to new page views only.',
    add: 'Add parameter',
  },
  {
    name: 'filters_out',
    tab: 'filters',
    title: 'Traffic to exclude',
    hint: 'Matching page views and events do not count. They are kept separately for 90 days, except what an IP filter matches: addresses are compared when a request arrives and never stored. New filters apply to new traffic; to apply them to past traffic, open Excluded traffic.',
    add: 'Add filter',
  },
  {
    name: 'reports',
    tab: 'reports',
    title: 'Reports',
    hint: 'Sent after each week or month: to an email address, to an incoming webhook of Slack, or as JSON to another https address.',
    add: 'Add report',
  },
]

const ForOthers: FC = () => <p class="state">Only owners and editors of this site can change its settings.</p>

const ForOwners: FC = () => <p class="state">Only owners of this site can do this.</p>

/** Whether visitors with Global Privacy Control are counted. */
const PrivacyChoices: FC<{ site: NonNullable<PageProps['site']> }> = ({ site: { settings } }) => (
  <>
    <label>
      <span>Visitors with Global Privacy Control</span>
      <select name="settings.gpc" aria-describedby="gpc-hint">
        <option value="count" selected={settings.gpc === 'count'}>
          Count for the day
        </option>
        <option value="drop" selected={settings.gpc === 'drop'}>
          Don’t count
        </option>
      </select>
    </label>
    <p class="hint" id="gpc-hint">
      Their browsers ask sites not to sell or share data. Either way, they get no persistent ID and are not linked to a
      user.
    </p>
  </>
)

/** Which orders count, and which money events browsers may send. */
const MoneyChoices: FC<{ site: NonNullable<PageProps['site']> }> = ({ site: { settings } }) => (
  <>
    <label>
      <span>Orders to count</span>
      <select name="settings.purchases" aria-describedby="purchases-hint">
        <option value="all" selected={settings.purchases === 'all'}>
          All orders
        </option>
        <option value="server" selected={settings.purchases === 'server'}>
          Only orders sent by your server
        </option>
      </select>
    </label>
    <p class="hint" id="purchases-hint">
      Anyone can fake an order in a browser. If your server sends each order with a write key, count only those. Orders,
      refunds and subscriptions that only a browser sent are then ignored, past ones too. They stay stored.
    </p>
    <label>
      <span>Refunds and subscription changes from browsers</span>
      <select name="settings.browser_money">
        <option value="false" selected={!settings.browser_money}>
          Reject
        </option>
        <option value="true" selected={settings.browser_money}>
          Accept
        </option>
      </select>
    </label>
  </>
)

const Lists: FC<{ tab: TabId }> = ({ tab }) => (
  <>
    {SETTINGS.filter(one => one.tab === tab).map(({ name, title, hint, add }) => (
      <fieldset id={name} data-setting={name} data-title={title}>
        <legend>{title}</legend>
        <p class="hint">{hint}</p>
        <ul />
        <button type="button" data-add>
          {add}
        </button>
      </fieldset>
    ))}
  </>
)

type SiteProps = Pick<PageProps, 'rights'> & { readonly site: NonNullable<PageProps['site']> }

const StorageFields: FC<SiteProps> = ({ site, rights }) => (
  <>
    <label>
      <span>Data retention (months) – leave empty to keep everything</span>
      <input
        name="settings.retention_months"
        type="number"
        min="1"
        max="120"
        step="1"
        value={site.settings.retention_months ?? ''}
        readonly={!rights.own}
        autocomplete="off"
        aria-describedby="retention-hint"
      />
    </label>
    <p class="hint" id="retention-hint">
      Older events and sessions are permanently deleted. Daily totals are kept.
      {!rights.own && ' Only owners can change this.'}
    </p>
    <div data-confirmation hidden>
      <label>
        <span>
          Type <b>{site.domain}</b> to permanently delete events and sessions older than <b data-months /> months
        </span>
        <input autocomplete="off" autocapitalize="none" spellcheck={false} />
      </label>
    </div>
    <label>
      <span>Daily limit for data from browsers (MB)</span>
      <input
        name="settings.daily_bytes"
        type="number"
        min="1"
        max="100000"
        step="any"
        value={site.settings.daily_bytes / 1_000_000}
        autocomplete="off"
        aria-describedby="bytes-hint"
      />
    </label>
    <p class="hint" id="bytes-hint">
      A page view takes about 500 bytes. Above the limit, page views are rejected until midnight UTC, so that nobody can
      fill up your database.
    </p>
  </>
)

const General: FC<SiteProps> = ({ site, rights }) => (
  <>
    <label>
      <span>Name</span>
      <input name="name" value={site.name} autocomplete="off" />
    </label>
    <label>
      <span>Reporting time zone</span>
      <select name="timezone" data-chosen={site.timezone} />
    </label>
    <label>
      <span>Reporting currency</span>
      <select name="currency" data-chosen={site.currency} />
    </label>
    <StorageFields site={site} rights={rights} />
  </>
)

const FormTab: FC<{ id: TabId; shown: string; children?: Child }> = ({ id, shown, children }) => (
  <div data-tab={id} hidden={id !== shown}>
    {children}
  </div>
)

const Reports: FC<{ site: SiteProps['site']; shown: string }> = ({ site: { domain, settings }, shown }) => (
  <FormTab id="reports" shown={shown}>
    <Lists tab="reports" />
    <ul class="hint" data-deliveries hidden />
    <p class="hint">
      Preview the last <a href={`/reports/preview?site=${domain}&every=week`}>weekly</a> or{' '}
      <a href={`/reports/preview?site=${domain}&every=month`}>monthly report</a>.
    </p>
    <AlarmFields settings={settings} />
  </FormTab>
)

const tabIn = ({ own }: PageProps['view']): string => own.tab ?? TABS[0].id

const SiteForm: FC<PageProps> = ({ rights, site, view }) =>
  rights.edit && site ? (
    <form
      class="form settings"
      data-domain={site.domain}
      data-settings={JSON.stringify(rights.own ? site.settings : withoutRecipients(site.settings))}
      novalidate
    >
      <FormTab id="general" shown={tabIn(view)}>
        <General site={site} rights={rights} />
      </FormTab>
      <FormTab id="goals" shown={tabIn(view)}>
        <Lists tab="goals" />
      </FormTab>
      <FormTab id="tracking" shown={tabIn(view)}>
        <Lists tab="tracking" />
        <MoneyChoices site={site} />
        <PrivacyChoices site={site} />
      </FormTab>
      <FormTab id="filters" shown={tabIn(view)}>
        <Lists tab="filters" />
        <p class="hint">
          <a href={`/excluded${searchOf({ ...DEFAULT_VIEW, site: site.domain })}`}>Excluded traffic</a> shows what was
          excluded, and why.
        </p>
      </FormTab>
      {rights.own && <Reports site={site} shown={tabIn(view)} />}
      <p class="problem wrong" role="alert" />
      <button type="submit">Save</button>
    </form>
  ) : (
    <ForOthers />
  )

const Tabs: FC<PageProps> = ({ rights, site, view }) =>
  rights.edit && site ? (
    <ul id="settings-tabs" class="tabs" aria-label="Settings">
      {TABS.filter(tab => rights.own || !('isOwners' in tab)).map(({ id, title }) => (
        <li>
          <a
            href={`/settings${searchOf({ ...DEFAULT_VIEW, site: site.domain, own: { tab: id } })}`}
            data-view
            data-to={id}
            aria-current={id === tabIn(view) ? 'true' : undefined}
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  ) : null

const KeyForm: FC<PageProps> = ({ rights, site }) =>
  rights.own && site ? (
    <form class="form keys">
      <label>
        <span>Name</span>
        <input name="name" required autocomplete="off" placeholder="Spreadsheet" />
      </label>
      <label>
        <span>Permission</span>
        <select name="scope">
          <option value="read">Read stats</option>
          <option value="write">Send events</option>
          <option value="export">Export rows</option>
        </select>
      </label>
      <label>
        <span>Expires (optional)</span>
        <input type="date" name="expires" />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">Create key</button>
      <div data-secret />
    </form>
  ) : (
    <ForOwners />
  )

const WebhooksForm: FC<PageProps> = ({ rights, site }) =>
  rights.own && site ? (
    <form class="form">
      {Object.values(HOOK_PROVIDERS).map(({ id, name }) => (
        <fieldset>
          <legend>{name}</legend>
          <div data-address={id} data-name={name} />
          <label>
            <span>
              {name} secret: <b data-state={id} />
            </span>
            <input
              type="password"
              name={`settings.webhook_secrets.${id}`}
              data-provider={id}
              autocomplete="off"
              placeholder="Enter a new secret"
            />
          </label>
          <button type="button" data-remove={id} aria-label={`Remove ${name}’s secret`} hidden>
            Remove
          </button>
        </fieldset>
      ))}
      <p class="problem wrong" role="alert" />
      <button type="submit">Save secrets</button>
    </form>
  ) : (
    <ForOwners />
  )

const RemoveForm: FC<PageProps> = ({ rights, site }) =>
  rights.own && site ? (
    <form class="form" data-domain={site.domain}>
      <label>
        <span>
          Type <b>{site.domain}</b> to delete the site and all of its data
        </span>
        <input name="domain" autocomplete="off" autocapitalize="none" spellcheck={false} />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit" class="dangerous" disabled>
        Delete site and data
      </button>
    </form>
  ) : (
    <ForOwners />
  )

/** A site's settings, its people and API keys, and its deletion. */
export const settings = {
  id: 'settings',
  texts: settingsTexts,
  path: '/settings',
  controls: false,
  listed: true,
  metrics: [],
  panels: [
    { id: 'tabs', Body: Tabs },
    { id: 'site', Body: SiteForm },
    { id: 'webhooks', hidden: true, Body: WebhooksForm },
    { id: 'imports', hidden: true, Body: ImportForm },
    { id: 'exports', hidden: true, Body: ExportForm },
    { id: 'people', hidden: true, Body: PeopleForm },
    { id: 'sharing', hidden: true, Body: ShareForm },
    { id: 'keys', hidden: true, Body: KeyForm },
    { id: 'remove', hidden: true, Body: RemoveForm },
  ],
} as const satisfies Page
