import type { Child, FC } from 'hono/jsx'
import { HOOK_PROVIDERS } from '../../collect/hooks/hookProviders'
import { withoutRecipients } from '../../http/withoutRecipients'
import { DEFAULT_VIEW, searchOf } from '../address'
import { AlarmFields } from '../alarmFields'
import { ExportForm } from '../exportForm'
import { ImportForm } from '../importForm'
import type { Page, PageProps } from '../page'
import { PeopleForm } from '../peopleForm'
import { ShareForm } from '../shareForm'
import { fill, partsOf } from '../texts/fill'
import { settingsTexts } from '../texts/settings'
import { useTexts } from '../texts/useTexts'

const TABS = [
  { id: 'general' },
  { id: 'goals' },
  { id: 'tracking' },
  { id: 'filters' },
  { id: 'reports', isOwners: true },
  { id: 'webhooks', isOwners: true },
  { id: 'imports', isOwners: true },
  { id: 'people', isOwners: true },
  { id: 'danger', isOwners: true },
] as const

type TabId = (typeof TABS)[number]['id']

/** Settings with a list of entries, in display order. */
const SETTINGS: readonly { readonly name: keyof typeof settingsTexts.lists; readonly tab: TabId }[] = [
  { name: 'goals', tab: 'goals' },
  { name: 'funnels', tab: 'goals' },
  { name: 'conversions', tab: 'goals' },
  { name: 'value_event', tab: 'goals' },
  { name: 'product_qualified', tab: 'goals' },
  { name: 'features', tab: 'goals' },
  { name: 'hostnames', tab: 'tracking' },
  { name: 'kept_parameters', tab: 'tracking' },
  { name: 'filters_out', tab: 'filters' },
  { name: 'reports', tab: 'reports' },
]

const ForOthers: FC = () => <p class="state">{useTexts(settingsTexts).form.forEditors}</p>

const ForOwners: FC = () => <p class="state">{useTexts(settingsTexts).form.forOwners}</p>

/** Whether visitors with Global Privacy Control are counted. */
const PrivacyChoices: FC<{ site: NonNullable<PageProps['site']> }> = ({ site: { settings } }) => {
  const { tracking } = useTexts(settingsTexts)
  return (
    <>
      <label>
        <span>{tracking.gpc}</span>
        <select name="settings.gpc" aria-describedby="gpc-hint">
          <option value="count" selected={settings.gpc === 'count'}>
            {tracking.gpcCount}
          </option>
          <option value="drop" selected={settings.gpc === 'drop'}>
            {tracking.gpcDrop}
          </option>
        </select>
      </label>
      <p class="hint" id="gpc-hint">
        {tracking.gpcHint}
      </p>
    </>
  )
}

/** Which orders count, and which money events browsers may send. */
const MoneyChoices: FC<{ site: NonNullable<PageProps['site']> }> = ({ site: { settings } }) => {
  const { tracking } = useTexts(settingsTexts)
  return (
    <>
      <label>
        <span>{tracking.orders}</span>
        <select name="settings.purchases" aria-describedby="purchases-hint">
          <option value="all" selected={settings.purchases === 'all'}>
            {tracking.allOrders}
          </option>
          <option value="server" selected={settings.purchases === 'server'}>
            {tracking.serverOrders}
          </option>
        </select>
      </label>
      <p class="hint" id="purchases-hint">
        {tracking.ordersHint}
      </p>
      <label>
        <span>{tracking.browserMoney}</span>
        <select name="settings.browser_money">
          <option value="false" selected={!settings.browser_money}>
            {tracking.reject}
          </option>
          <option value="true" selected={settings.browser_money}>
            {tracking.accept}
          </option>
        </select>
      </label>
    </>
  )
}

const Lists: FC<{ tab: TabId }> = ({ tab }) => {
  const { lists, listHints, add } = useTexts(settingsTexts)
  return (
    <>
      {SETTINGS.filter(one => one.tab === tab).map(({ name }) => (
        <fieldset id={name} data-setting={name} data-title={lists[name]}>
          <legend>{lists[name]}</legend>
          <p class="hint">{listHints[name]}</p>
          <ul />
          <button type="button" data-add>
            {add[name]}
          </button>
        </fieldset>
      ))}
    </>
  )
}

type SiteProps = Pick<PageProps, 'rights'> & { readonly site: NonNullable<PageProps['site']> }

const RetentionFields: FC<SiteProps> = ({ site, rights }) => {
  const { general } = useTexts(settingsTexts)
  const places = { site: <b>{site.domain}</b>, months: <b data-months /> }
  return (
    <>
      <label>
        <span>{general.retention}</span>
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
        {general.retentionHint}
        {!rights.own && ` ${general.onlyOwners}`}
      </p>
      <div data-confirmation hidden>
        <label>
          <span>{partsOf(general.confirmRetention, places)}</span>
          <input autocomplete="off" autocapitalize="none" spellcheck={false} />
        </label>
      </div>
    </>
  )
}

const BytesField: FC<Pick<SiteProps, 'site'>> = ({ site }) => {
  const { general } = useTexts(settingsTexts)
  return (
    <>
      <label>
        <span>{general.bytes}</span>
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
        {general.bytesHint}
      </p>
    </>
  )
}

const General: FC<SiteProps> = ({ site, rights }) => {
  const { general } = useTexts(settingsTexts)
  return (
    <>
      <label>
        <span>{general.name}</span>
        <input name="name" value={site.name} autocomplete="off" />
      </label>
      <label>
        <span>{general.timezone}</span>
        <select name="timezone" data-chosen={site.timezone} />
      </label>
      <label>
        <span>{general.currency}</span>
        <select name="currency" data-chosen={site.currency} />
      </label>
      <RetentionFields site={site} rights={rights} />
      <BytesField site={site} />
    </>
  )
}

const FormTab: FC<{ id: TabId; shown: string; children?: Child }> = ({ id, shown, children }) => (
  <div data-tab={id} hidden={id !== shown}>
    {children}
  </div>
)

const Reports: FC<{ site: SiteProps['site']; shown: string }> = ({ site: { domain, settings }, shown }) => {
  const { reports } = useTexts(settingsTexts)
  const link = (every: string, text: string) => <a href={`/reports/preview?site=${domain}&every=${every}`}>{text}</a>
  const links = { weekly: link('week', reports.previewWeekly), monthly: link('month', reports.previewMonthly) }
  return (
    <FormTab id="reports" shown={shown}>
      <Lists tab="reports" />
      <ul class="hint" data-deliveries hidden />
      <p class="hint">{partsOf(reports.preview, links)}</p>
      <AlarmFields settings={settings} />
    </FormTab>
  )
}

const Filters: FC<Pick<SiteProps, 'site'>> = ({ site }) => {
  const { form } = useTexts(settingsTexts)
  const link = <a href={`/excluded${searchOf({ ...DEFAULT_VIEW, site: site.domain })}`}>{form.excludedLink}</a>
  return (
    <>
      <Lists tab="filters" />
      <p class="hint">{partsOf(form.excluded, { link })}</p>
    </>
  )
}

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
        <Filters site={site} />
      </FormTab>
      {rights.own && <Reports site={site} shown={tabIn(view)} />}
      <p class="problem wrong" role="alert" />
      <button type="submit">{useTexts(settingsTexts).form.save}</button>
    </form>
  ) : (
    <ForOthers />
  )

const Tabs: FC<PageProps> = ({ rights, site, view }) =>
  rights.edit && site ? (
    <ul id="settings-tabs" class="tabs" aria-label={useTexts(settingsTexts).title}>
      {TABS.filter(tab => rights.own || !('isOwners' in tab)).map(({ id }) => (
        <li>
          <a
            href={`/settings${searchOf({ ...DEFAULT_VIEW, site: site.domain, own: { tab: id } })}`}
            data-view
            data-to={id}
            aria-current={id === tabIn(view) ? 'true' : undefined}
          >
            {useTexts(settingsTexts).tabs[id]}
          </a>
        </li>
      ))}
    </ul>
  ) : null

const KeyForm: FC<PageProps> = ({ rights, site }) => {
  const { keys } = useTexts(settingsTexts)
  return rights.own && site ? (
    <form class="form keys">
      <label>
        <span>{keys.name}</span>
        <input name="name" required autocomplete="off" placeholder={keys.nameExample} />
      </label>
      <label>
        <span>{keys.permission}</span>
        <select name="scope">
          <option value="read">{keys.read}</option>
          <option value="write">{keys.write}</option>
          <option value="export">{keys.export}</option>
        </select>
      </label>
      <label>
        <span>{keys.expiresOptional}</span>
        <input type="date" name="expires" />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">{keys.createKey}</button>
      <div data-secret />
    </form>
  ) : (
    <ForOwners />
  )
}

const Provider: FC<{ id: string; name: string }> = ({ id, name }) => {
  const { webhooks } = useTexts(settingsTexts)
  return (
    <fieldset>
      <legend>{name}</legend>
      <div data-address={id} data-name={name} />
      <label>
        <span>{partsOf<'name' | 'state', Child>(webhooks.secret, { name, state: <b data-state={id} /> })}</span>
        <input
          type="password"
          name={`settings.webhook_secrets.${id}`}
          data-provider={id}
          autocomplete="off"
          placeholder={webhooks.enter}
        />
      </label>
      <button type="button" data-remove={id} aria-label={fill(webhooks.removeOf, { name })} hidden>
        {webhooks.remove}
      </button>
    </fieldset>
  )
}

const WebhooksForm: FC<PageProps> = ({ rights, site }) =>
  rights.own && site ? (
    <form class="form settings">
      {Object.values(HOOK_PROVIDERS).map(({ id, name }) => (
        <Provider id={id} name={name} />
      ))}
      <p class="problem wrong" role="alert" />
      <button type="submit">{useTexts(settingsTexts).webhooks.save}</button>
    </form>
  ) : (
    <ForOwners />
  )

const RemoveForm: FC<PageProps> = ({ rights, site }) => {
  const { danger } = useTexts(settingsTexts)
  return rights.own && site ? (
    <form class="form" data-domain={site.domain}>
      <label>
        <span>{partsOf(danger.confirm, { site: <b>{site.domain}</b> })}</span>
        <input name="domain" autocomplete="off" autocapitalize="none" spellcheck={false} />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit" class="dangerous" disabled>
        {danger.submit}
      </button>
    </form>
  ) : (
    <ForOwners />
  )
}

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
