import type { FC } from 'hono/jsx'
import {
  ALARM_KINDS,
  type AlarmKind,
  type DeliveryKind,
  FALSE_ALARM_RATES,
  type SiteSettings,
} from '../../shared/settings'

const CHANNEL_TITLES: Readonly<Record<DeliveryKind, string>> = { email: 'Email', slack: 'Slack', webhook: 'Webhook' }

const ALARM_TITLES: Readonly<Record<AlarmKind, string>> = {
  tracking_silent: 'Page views stop coming in',
  changed: 'Conversions or a goal clearly change from one week to the next',
  quota: 'The daily data limit is nearly reached',
}

/** Which alarms are sent, where, and how rarely they may be wrong. */
export const AlarmFields: FC<{ settings: SiteSettings }> = ({ settings }) => (
  <fieldset id="alarms" data-alarms>
    <legend>Alerts</legend>
    <p class="hint">Sent when one of these happens. Leave the address empty to turn all alerts off.</p>
    {ALARM_KINDS.map(kind => (
      <label class="check">
        <input type="checkbox" data-alarm={kind} checked={settings.alarms?.[kind] ?? kind === 'tracking_silent'} />
        <span>{ALARM_TITLES[kind]}</span>
      </label>
    ))}
    <label>
      <span>Send by</span>
      <select data-part="kind">
        {Object.entries(CHANNEL_TITLES).map(([kind, title]) => (
          <option value={kind} selected={settings.alarms?.kind === kind}>
            {title}
          </option>
        ))}
      </select>
    </label>
    <label>
      <span>Address</span>
      <input data-part="to" value={settings.alarms?.to ?? ''} autocomplete="off" spellcheck={false} />
    </label>
    <label>
      <span>False alerts at most</span>
      <select data-part="false_alarms">
        {FALSE_ALARM_RATES.map(rate => (
          <option value={rate} selected={(settings.alarms?.false_alarms ?? 'quarter') === rate}>
            once a {rate}
          </option>
        ))}
      </select>
    </label>
  </fieldset>
)
