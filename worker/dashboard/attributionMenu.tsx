import type { FC } from 'hono/jsx'
import { ATTRIBUTION_MODELS } from '../metrics/attributionModels'
import { attributionModelOf } from './attributionQuestion'
import type { PageProps } from './page'

/** The menu of attribution models. */
export const AttributionMenu: FC<PageProps> = ({ view }) => (
  <div class="platform">
    <label for="model">Attribution model</label>
    <select id="model" autocomplete="off">
      {ATTRIBUTION_MODELS.map(({ id, name }) => (
        <option value={id} selected={id === attributionModelOf(view)}>
          {name}
        </option>
      ))}
    </select>
  </div>
)
