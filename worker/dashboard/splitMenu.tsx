import type { FC } from 'hono/jsx'
import { dimensionOf } from '../metrics/dimensions'
import { dimensionName } from './dimensionName'
import { FILTER_DIMENSIONS } from './filterDimensions'
import type { PageProps } from './page'
import { frameTexts } from './texts/frame'
import { useDictionary, useTexts } from './texts/useTexts'

const isOfSessions = (id: string): boolean => dimensionOf(id)?.level === 'session'

/** The dimensions that a visitor or session has, by group. */
const GROUPS = FILTER_DIMENSIONS.map(({ name, dimensions }) => ({
  name,
  dimensions: dimensions.filter(isOfSessions),
})).filter(({ dimensions }) => dimensions.length > 0)

/** The menu of the dimension that a panel is split by. */
export const SplitMenu: FC<Pick<PageProps, 'view'>> = ({ view }) => {
  const { dimensionGroups, splits } = useTexts(frameTexts)
  const dictionary = useDictionary()
  return (
    <>
      <label for="split">{splits.label}</label>
      <select id="split" autocomplete="off">
        <option value="">{splits.none}</option>
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
