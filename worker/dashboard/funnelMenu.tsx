import type { FC } from 'hono/jsx'
import { dimensionOf } from '../metrics/dimensions'
import { dimensionName } from './dimensionName'
import { FILTER_DIMENSIONS } from './filterDimensions'
import type { PageProps } from './page'
import { frameTexts } from './texts/frame'
import { goalsTexts } from './texts/goals'
import { useDictionary, useTexts } from './texts/useTexts'

const isOfSessions = (id: string): boolean => dimensionOf(id)?.level === 'session'

/** The dimensions that a visitor or session has, by group. */
const GROUPS = FILTER_DIMENSIONS.map(({ name, dimensions }) => ({
  name,
  dimensions: dimensions.filter(isOfSessions),
})).filter(({ dimensions }) => dimensions.length > 0)

const SplitMenu: FC<Pick<PageProps, 'view'>> = ({ view }) => {
  const { menu } = useTexts(goalsTexts)
  const { dimensionGroups } = useTexts(frameTexts)
  const dictionary = useDictionary()
  return (
    <>
      <label for="split">{menu.split}</label>
      <select id="split" autocomplete="off">
        <option value="">{menu.noSplit}</option>
        {GROUPS.map(({ name, dimensions }) => (
          <optgroup label={dimensionGroups[name]}>
            {dimensions.map(id => (
              <option value={id} selected={id === view.own.split}>
                {dimensionName(id, dictionary)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </>
  )
}

/** The menu that splits a funnel, and the button that builds one. */
export const FunnelMenu: FC<PageProps> = ({ view, shared }) => (
  <div class="platform">
    <SplitMenu view={view} />
    {/* A link with filters takes no steps of its viewers: they would count what the filters exclude. */}
    <button type="button" id="build" class="quiet" hidden={shared?.isFiltered}>
      {useTexts(goalsTexts).menu.build}
    </button>
  </div>
)
