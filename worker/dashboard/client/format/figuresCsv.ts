import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { plainColumns } from '../../../../shared/metricColumns'
import type { MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'

/** A metric and its value, `undefined` where the filters do not apply to it. */
export interface Figure {
  readonly definition: Pick<Definition, 'id' | 'name' | 'unit'>
  readonly value: MetricValue | undefined
}

const COLUMNS: readonly CsvColumn<Figure>[] = [
  { name: 'metric', of: ({ definition }) => definition.id },
  { name: 'name', of: ({ definition }) => definition.name },
  { name: 'unit', of: ({ definition }) => definition.unit },
  ...columnsIn(
    plainColumns(['value', 'currency', 'low', 'high', 'status', 'previous', 'change', 'verdict']),
    ({ value }: Figure) => value,
  ),
]

/** The CSV of a list of metrics, one line per metric. */
export const figuresCsv = <T extends Figure>(figures: readonly T[], more: readonly CsvColumn<T>[] = []): string =>
  csvOf([...COLUMNS, ...more], figures)
