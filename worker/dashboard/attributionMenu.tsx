import type { FC } from 'hono/jsx'
import { ATTRIBUTION_MODELS } from '../metrics/attributionModels'
import { attributionModelOf } from './attributionQuestion'
import type { PageProps } from './page'
import { growthTexts } from './texts/growth'
import { useTexts } from './texts/useTexts'

/** The menu of attribution models. */
export const AttributionMenu: FC<PageProps> = ({ view }) => {
  const { form, models } = useTexts(growthTexts)
  return (
    <div class="platform">
      <label for="model">{form.model}</label>
      <select id="model" autocomplete="off">
        {ATTRIBUTION_MODELS.map(({ id }) => (
          <option value={id} selected={id === attributionModelOf(view)}>
            {models[id]}
          </option>
        ))}
      </select>
    </div>
  )
}
