import type { FC } from 'hono/jsx'
import { ALARM_KINDS, type DeliveryKind, FALSE_ALARM_RATES, type SiteSettings } from '../../shared/settings'
import { settingsTexts } from './texts/settings'
import { useTexts } from './texts/useTexts'

const CHANNELS: readonly DeliveryKind[] = ['email', 'slack', 'webhook']

/** Which alarms are sent, where, and how rarely they may be wrong. */
export const AlarmFields: FC<{ settings: SiteSettings }> = ({ settings }) => {
  const { alerts, choices } = useTexts(settingsTexts)
  return (
    <fieldset id="alarms" data-alarms>
      <legend>{alerts.title}</legend>
      <p class="hint">{alerts.hint}</p>
      {ALARM_KINDS.map(kind => (
        <label class="check">
          <input type="checkbox" data-alarm={kind} checked={settings.alarms?.[kind] ?? kind === 'tracking_silent'} />
          <span>{alerts[kind]}</span>
        </label>
      ))}
      <label>
        <span>{alerts.channel}</span>
        <select data-part="kind">
          {CHANNELS.map(kind => (
            <option value={kind} selected={settings.alarms?.kind === kind}>
              {choices[kind]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{alerts.address}</span>
        <input data-part="to" value={settings.alarms?.to ?? ''} autocomplete="off" spellcheck={false} />
      </label>
      <label>
        <span>{alerts.falseAlerts}</span>
        <select data-part="false_alarms">
          {FALSE_ALARM_RATES.map(rate => (
            <option value={rate} selected={(settings.alarms?.false_alarms ?? 'quarter') === rate}>
              {alerts[rate]}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  )
}
