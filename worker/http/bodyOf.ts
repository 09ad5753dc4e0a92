import type { Context } from 'hono'
import { LIMITS } from '../../shared/limits'
import { type Fields, isFields } from '../collect/parse/fields'
import type { HonoEnv } from '../env'
import { Problem } from '../lib/problem'
import { readJson } from './body'

/**
 * The fields of a request's body.
 * @throws Problem `bad_shape`
 */
export const bodyOf = async (c: Context<HonoEnv>): Promise<Fields> => {
  const body = await readJson(c.req.raw, LIMITS.bodyBytes)
  if (!isFields(body)) throw new Problem(400, 'bad_shape', 'The body must be a JSON object.')
  return body
}
