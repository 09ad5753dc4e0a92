import type { FC } from 'hono/jsx'
import { type Comparison, OPERATORS, PERIODS, type Period } from '../../shared/question'
import { DEFAULT_VIEW, GRANULARITIES, OFF, searchOf } from './address'
import { dimensionName } from './dimensionName'
import { FILTER_DIMENSIONS } from './filterDimensions'
import type { PageProps } from './page'
import { clientFrameTexts } from './texts/clientFrame'
import { frameTexts } from './texts/frame'
import { useDictionary, useTexts } from './texts/useTexts'

/** In the order of the menu. */
const COMPARED = [OFF, 'previous_period', 'previous_weekdays', 'previous_year'] as const

/** The chosen days; the client writes them in the reader's locale. */
const ChosenDays: FC<{ chosen: Period | Comparison | null }> = ({ chosen }) => {
  const isChosen = typeof chosen === 'object' && chosen !== null
  return (
    <option value="range" hidden={!isChosen} selected={isChosen}>
      {isChosen ? `${chosen.from} – ${chosen.to}` : ''}
    </option>
  )
}

/** Two dates and a button, which the client opens when custom days are chosen. */
const Dates: FC<{
  id: string
  legend: string
  names: readonly [string, string]
  labels: readonly [string, string]
}> = ({ id, legend, names, labels }) => (
  <fieldset id={id} class="dates" hidden disabled>
    <legend>{legend}</legend>
    {names.map((name, at) => (
      <label>
        <span>{labels[at]}</span>
        <input type="date" name={name} required />
      </label>
    ))}
    <button type="submit">{useTexts(frameTexts).dates.apply}</button>
  </fieldset>
)

const PeriodMenu: FC<Pick<PageProps, 'view'>> = ({ view }) => {
  const { periods } = useTexts(frameTexts)
  return (
    <div class="period">
      <button type="button" id="earlier" aria-label={periods.earlier}>
        ‹
      </button>
      <select name="period" aria-label={periods.label}>
        {PERIODS.map(period => (
          <option value={period} selected={period === view.period}>
            {periods[period]}
          </option>
        ))}
        <ChosenDays chosen={view.period} />
        <option value="custom">{periods.custom}</option>
      </select>
      <button type="button" id="later" aria-label={periods.later}>
        ›
      </button>
    </div>
  )
}

interface MenuProps extends Pick<PageProps, 'view'> {
  readonly hidden: boolean
}

const ComparisonMenu: FC<MenuProps> = ({ view, hidden }) => {
  const { comparisons, periods } = useTexts(frameTexts)
  return (
    <label class="versus" hidden={hidden}>
      <span aria-hidden="true">{comparisons.versus}</span>
      <select name="compare" aria-label={comparisons.label}>
        {COMPARED.map(value => (
          <option value={value} selected={value === (view.compare ?? OFF)}>
            {comparisons[value]}
          </option>
        ))}
        <ChosenDays chosen={view.compare} />
        <option value="custom">{periods.custom}</option>
      </select>
    </label>
  )
}

const GranularityMenu: FC<MenuProps> = ({ view, hidden }) => {
  const { granularities } = useTexts(frameTexts)
  return (
    <select name="granularity" aria-label={granularities.label} hidden={hidden}>
      <option value="" selected={view.granularity === null}>
        {granularities.auto}
      </option>
      {GRANULARITIES.map(granularity => (
        <option value={granularity} selected={granularity === view.granularity}>
          {granularities[granularity]}
        </option>
      ))}
    </select>
  )
}

/** Where a link to the site's pages is made, for those who may. */
const ShareLink: FC<PageProps> = ({ page, view: { site }, shared, rights }) =>
  page.share && rights.own && !shared ? (
    <a class="share" href={`/settings${searchOf({ ...DEFAULT_VIEW, site, own: { tab: 'people' } })}#sharing`}>
      {useTexts(frameTexts).share}
    </a>
  ) : null

const PeriodControls: FC<PageProps> = props => {
  const { page, view } = props
  const { comparisons, dates, shortcuts, viewOptions } = useTexts(frameTexts)
  const lacks = (control: 'comparison' | 'granularity'): boolean =>
    page.controls === 'period' || Boolean(page.without?.includes(control))
  return (
    <form id="view" class="controls" method="get" action={page.path} aria-label={viewOptions}>
      <PeriodMenu view={view} />
      <ComparisonMenu view={view} hidden={lacks('comparison')} />
      <GranularityMenu view={view} hidden={lacks('granularity')} />
      <ShareLink {...props} />
      <button type="button" id="shortcuts" class="quiet" aria-label={shortcuts}>
        ?
      </button>
      <Dates id="dates" legend={dates.range} names={['from', 'to']} labels={[dates.from, dates.to]} />
      <Dates
        id="compared"
        legend={comparisons.label}
        names={['compared_from', 'compared_to']}
        labels={[dates.comparedFrom, dates.comparedTo]}
      />
    </form>
  )
}

const DimensionMenu: FC = () => {
  const { dimensionGroups, filters } = useTexts(frameTexts)
  const dictionary = useDictionary()
  return (
    <label>
      <span>{filters.dimension}</span>
      <select name="dimension">
        {FILTER_DIMENSIONS.map(({ name, dimensions }) => (
          <optgroup label={dimensionGroups[name]}>
            {dimensions.map(id => (
              <option value={id}>{dimensionName(id, dictionary)}</option>
            ))}
          </optgroup>
        ))}
        <option value="property">{filters.property}</option>
      </select>
    </label>
  )
}

const OperatorMenu: FC = () => {
  const { filters } = useTexts(frameTexts)
  const { operators } = useTexts(clientFrameTexts)
  return (
    <label>
      <span>{filters.operator}</span>
      <select name="operator">
        {OPERATORS.map(operator => (
          <option value={operator}>{operators[operator]}</option>
        ))}
      </select>
    </label>
  )
}

const FilterForm: FC = () => {
  const { filters } = useTexts(frameTexts)
  return (
    <form id="filter" aria-label={filters.label}>
      <div class="pair">
        <DimensionMenu />
        <OperatorMenu />
      </div>
      <label hidden>
        <span>{filters.propertyName}</span>
        <input name="property" autocomplete="off" autocapitalize="none" spellcheck={false} placeholder="plan" />
      </label>
      <label>
        <span>{filters.value}</span>
        <input
          name="search"
          type="search"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          placeholder={filters.search}
        />
      </label>
      <ul id="filter-values" class="values" aria-label={filters.values} />
      <p id="filter-note" role="status" />
      <button type="submit">{filters.apply}</button>
    </form>
  )
}

/** The sticky line with filters, period and comparison. */
export const ViewLine: FC<PageProps> = props => {
  const { filters } = useTexts(frameTexts)
  return (
    <div class="view-line">
      {props.page.controls === true && (
        <details class="menu" id="add-filter">
          <summary>{filters.add}</summary>
          <FilterForm />
        </details>
      )}
      {props.page.controls === true && (
        <details class="menu" id="segments" hidden={!props.site?.settings.segments.length}>
          <summary>{filters.segments}</summary>
          <ul />
        </details>
      )}
      <ul id="filters" aria-label={filters.list} hidden />
      <PeriodControls {...props} />
    </div>
  )
}
