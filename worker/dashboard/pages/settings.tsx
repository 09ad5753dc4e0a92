import type { FC } from 'hono/jsx'
import type { SiteSettings } from '../../../shared/settings'
import type { Page, PageProps } from '../page'

/** What each setting is for, in the order in which they are shown. */
const SETTINGS: readonly {
  readonly name: keyof SiteSettings
  readonly title: string
  readonly hint: string
  readonly add: string
}[] = [
  {
    name: 'conversions',
    title: 'Conversions',
    hint: 'Events and pages that count as conversions, besides purchase, sign_up, trial_start, generate_lead and subscription_start. In a page, * stands for anything.',
    add: 'Add a conversion',
  },
  {
    name: 'value_event',
    title: 'Value event',
    hint: 'What shows that somebody who signed up got value: activation and time to value are measured by it.',
    add: 'Name the value event',
  },
  {
    name: 'product_qualified',
    title: 'Product-qualified',
    hint: 'What makes a trial a product-qualified lead, all of it, each so many times.',
    add: 'Add a rule',
  },
  {
    name: 'features',
    title: 'Features',
    hint: 'The features of the product, by the name they are shown under.',
    add: 'Add a feature',
  },
  {
    name: 'hostnames',
    title: 'Further hosts',
    hint: 'Hosts besides the domain and its subdomains whose pages may send.',
    add: 'Add a host',
  },
]

const ForTheOwner: FC = () => (
  <p class="state">
    Settings and keys are the owner's: sign out, and sign in with the admin token. A read key shows numbers only.
  </p>
)

/** Whose money counts, and whose is accepted. */
const MoneyChoices: FC<{ site: NonNullable<PageProps['site']> }> = ({ site: { settings } }) => (
  <>
    <label>
      <span>Orders that count</span>
      <select name="settings.purchases" aria-describedby="purchases-hint">
        <option value="all" selected={settings.purchases === 'all'}>
          All orders
        </option>
        <option value="server" selected={settings.purchases === 'server'}>
          Only orders that your server sent
        </option>
      </select>
    </label>
    <p class="hint" id="purchases-hint">
      Anybody can send an order from a browser. If your server sends each order with a write key, count only those:
      orders, refunds and subscriptions that came from a browser alone are left out, past ones too. They stay stored.
    </p>
    <label>
      <span>Refunds and subscription changes from browsers</span>
      <select name="settings.browser_money">
        <option value="false" selected={!settings.browser_money}>
          Refuse them
        </option>
        <option value="true" selected={settings.browser_money}>
          Accept them
        </option>
      </select>
    </label>
  </>
)

const SiteForm: FC<PageProps> = ({ admin, site }) =>
  admin && site ? (
    <form class="form settings" data-domain={site.domain} data-settings={JSON.stringify(site.settings)} novalidate>
      <label>
        <span>Name</span>
        <input name="name" value={site.name} autocomplete="off" />
      </label>
      <label>
        <span>Time zone, in which its days begin</span>
        <select name="timezone" data-chosen={site.timezone} />
      </label>
      <label>
        <span>Currency, in which its money is added</span>
        <select name="currency" data-chosen={site.currency} />
      </label>
      {SETTINGS.map(({ name, title, hint, add }) => (
        <fieldset id={name} data-setting={name} data-title={title}>
          <legend>{title}</legend>
          <p class="hint">{hint}</p>
          <ul />
          <button type="button" data-add>
            {add}
          </button>
        </fieldset>
      ))}
      <MoneyChoices site={site} />
      <label>
        <span>Data retention (months) – leave empty to keep everything</span>
        <input
          name="settings.retention_months"
          type="number"
          min="1"
          max="120"
          step="1"
          value={site.settings.retention_months ?? ''}
          autocomplete="off"
          aria-describedby="retention-hint"
        />
      </label>
      <p class="hint" id="retention-hint">
        Older visit-level data is permanently deleted. Daily totals are kept.
      </p>
      <div data-confirmation hidden>
        <label>
          <span>
            Type <b>{site.domain}</b> to permanently delete visit-level data older than <b data-months /> months
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
        A page view takes about 500 bytes. Beyond the limit, page views are rejected until midnight UTC, so that nobody
        can fill your database.
      </p>
      <p class="problem wrong" role="alert" />
      <button type="submit">Save</button>
    </form>
  ) : (
    <ForTheOwner />
  )

const KeyForm: FC<PageProps> = ({ admin, site }) =>
  admin && site ? (
    <form class="form keys">
      <label>
        <span>What it is for</span>
        <input name="name" required autocomplete="off" placeholder="Spreadsheet" />
      </label>
      <label>
        <span>What it may do</span>
        <select name="scope">
          <option value="read">Read numbers</option>
          <option value="write">Send events</option>
        </select>
      </label>
      <label>
        <span>Last day it opens anything; none for no end</span>
        <input type="date" name="expires" />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">Make a key</button>
      <div data-secret />
    </form>
  ) : (
    <ForTheOwner />
  )

const RemoveForm: FC<PageProps> = ({ admin, site }) =>
  admin && site ? (
    <form class="form" data-domain={site.domain}>
      <label>
        <span>
          Type <b>{site.domain}</b> to remove it with everything that was ever recorded for it
        </span>
        <input name="domain" autocomplete="off" autocapitalize="none" spellcheck={false} />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit" class="dangerous" disabled>
        Remove the site and its data
      </button>
    </form>
  ) : (
    <ForTheOwner />
  )

/** What a site decides for itself, who may read and write it, and its end. */
export const settings = {
  id: 'settings',
  title: 'Settings',
  path: '/settings',
  controls: false,
  listed: true,
  metrics: [],
  panels: [
    {
      id: 'site',
      title: 'Site',
      lead: 'A change counts for the past too: numbers are made when they are asked for.',
      Body: SiteForm,
    },
    {
      id: 'keys',
      title: 'Keys',
      lead: 'For programs: a read key asks for numbers, a write key sends events and imports.',
      half: true,
      Body: KeyForm,
    },
    { id: 'remove', title: 'Remove the site', lead: 'There is no way back.', half: true, Body: RemoveForm },
  ],
} as const satisfies Page
