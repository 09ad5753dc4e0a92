import type { FC } from 'hono/jsx'
import { dimensionOf } from '../metrics/dimensions'
import { dimensionName } from './dimensionName'
import { FILTER_DIMENSIONS } from './filterDimensions'
import type { PageProps } from './page'

const isOfSessions = (id: string): boolean => dimensionOf(id)?.level === 'session'

/** The dimensions that a visitor or session has, by group. */
const GROUPS = FILTER_DIMENSIONS.map(({ title, dimensions }) => ({
  title,
  dimensions: dimensions.filter(isOfSessions),
})).filter(({ dimensions }) => dimensions.length > 0)

/** The menu that splits a funnel, and the button that builds one. */
export const FunnelMenu: FC<PageProps> = ({ view, shared }) => (
  <div class="platform">
    <label for="split">Split by</label>
    <select id="split" autocomplete="off">
      <option value="">Nothing</option>
      {GROUPS.map(({ title, dimensions }) => (
        <optgroup label={title}>
          {dimensions.map(id => (
            <option value={id} selected={id === view.own.split}>
              {dimensionName(id)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
    {/* A link with filters takes no steps of its viewers: they would count what the filters exclude. */}
    <button type="button" id="build" class="quiet" hidden={shared?.isFiltered}>
      Build funnel
    </button>
  </div>
)
