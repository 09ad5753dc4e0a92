import type { DayNumber } from '../../../shared/imports'
import type { ImportedSegment } from '../plan/segment'
import type { PartialResult } from './partialResult'

/** Reads the sums of metrics out of imported days. The plan made sure that these have the numbers. */
export const readImportedSegment = ({ measures, isGrouped }: ImportedSegment): PartialResult[] =>
  measures.flatMap(({ position, index, ofDays, values }) =>
    values.map(({ bucket, value, numbers }) => ({
      position,
      index,
      bucket,
      dimensions: isGrouped ? [value] : [],
      sums: ofDays.sums(numbers as Readonly<Record<DayNumber, number>>),
    })),
  )
