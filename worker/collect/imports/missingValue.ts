import { DAY_DIMENSIONS } from '../../../shared/imports'

const MISSING: Readonly<Record<string, string>> = DAY_DIMENSIONS

/**
 * What a dimension of imported days shows for what has no value.
 * @example missingValue('channel') // 'Direct'
 */
export const missingValue = (dimension: string): string => MISSING[dimension] ?? ''
