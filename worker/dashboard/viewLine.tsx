import type { FC } from 'hono/jsx'
import { type Comparison, OPERATORS, PERIODS, type Period } from '../../shared/question'
import { GRANULARITIES, OFF } from './address'
import { dimensionName } from './dimensionName'
import { FILTER_DIMENSIONS } from './filterDimensions'
import { OPERATOR_NAMES } from './operatorNames'
import type { PageProps } from './page'

const PERIOD_NAMES: Readonly<Record<(typeof PERIODS)[number], string>> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': 'Last 7 days',
  '28d': 'Last 28 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  '12mo': 'Last 12 months',
  month: 'This month',
  last_month: 'Last month',
  quarter: 'This quarter',
  last_quarter: 'Last quarter',
  year: 'This year',
  last_year: 'Last year',
  all: 'All time',
}

/** In the order of the menu. */
const COMPARISON_NAMES = [
  [OFF, 'No comparison'],
  ['previous_period', 'Previous period'],
  ['previous_weekdays', 'Previous period (match weekdays)'],
  ['previous_year', 'Same period last year'],
] as const

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
    <button type="submit">Apply</button>
  </fieldset>
)

const PeriodControls: FC<PageProps> = ({ page, view }) => (
  <form id="view" class="controls" method="get" action={page.path} aria-label="View options">
    <div class="period">
      <button type="button" id="earlier" aria-label="Previous period">
        ‹
      </button>
      <select name="period" aria-label="Period">
        {PERIODS.map(period => (
          <option value={period} selected={period === view.period}>
            {PERIOD_NAMES[period]}
          </option>
        ))}
        <ChosenDays chosen={view.period} />
        <option value="custom">Custom range…</option>
      </select>
      <button type="button" id="later" aria-label="Next period">
        ›
      </button>
    </div>
    <label class="versus" hidden={page.controls === 'period'}>
      <span aria-hidden="true">vs</span>
      <select name="compare" aria-label="Compare with">
        {COMPARISON_NAMES.map(([value, name]) => (
          <option value={value} selected={value === (view.compare ?? OFF)}>
            {name}
          </option>
        ))}
        <ChosenDays chosen={view.compare} />
        <option value="custom">Custom range…</option>
      </select>
    </label>
    <select name="granularity" aria-label="Group by" hidden={page.controls === 'period'}>
      <option value="" selected={view.granularity === null}>
        Auto
      </option>
      {GRANULARITIES.map(granularity => (
        <option value={granularity} selected={granularity === view.granularity}>
          {granularity[0]?.toUpperCase()}
          {granularity.slice(1)}
        </option>
      ))}
    </select>
    <button type="button" id="shortcuts" class="quiet" aria-label="Keyboard shortcuts">
      ?
    </button>
    <Dates id="dates" legend="Custom range" names={['from', 'to']} labels={['From', 'To']} />
    <Dates
      id="compared"
      legend="Compare with"
      names={['compared_from', 'compared_to']}
      labels={['Compared from', 'Compared to']}
    />
  </form>
)

const FilterForm: FC = () => (
  <form id="filter" aria-label="Filter">
    <div class="pair">
      <label>
        <span>Dimension</span>
        <select name="dimension">
          {FILTER_DIMENSIONS.map(({ title, dimensions }) => (
            <optgroup label={title}>
              {dimensions.map(id => (
                <option value={id}>{dimensionName(id)}</option>
              ))}
            </optgroup>
          ))}
          <option value="property">Event property…</option>
        </select>
      </label>
      <label>
        <span>Operator</span>
        <select name="operator">
          {OPERATORS.map(operator => (
            <option value={operator}>{OPERATOR_NAMES[operator]}</option>
          ))}
        </select>
      </label>
    </div>
    <label hidden>
      <span>Property name</span>
      <input name="property" autocomplete="off" autocapitalize="none" spellcheck={false} placeholder="plan" />
    </label>
    <label>
      <span>Value</span>
      <input
        name="search"
        type="search"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        placeholder="Search or enter a value"
      />
    </label>
    <ul id="filter-values" class="values" aria-label="Values" />
    <p id="filter-note" role="status" />
    <button type="submit">Apply filter</button>
  </form>
)

/** The sticky line with filters, period and comparison. */
export const ViewLine: FC<PageProps> = props => (
  <div class="view-line">
    {props.page.controls === true && (
      <details class="menu" id="add-filter">
        <summary>+ Filter</summary>
        <FilterForm />
      </details>
    )}
    {props.page.controls === true && (
      <details class="menu" id="segments" hidden={!props.site?.settings.segments.length}>
        <summary>Segments</summary>
        <ul />
      </details>
    )}
    <ul id="filters" aria-label="Filters" hidden />
    <PeriodControls {...props} />
  </div>
)
