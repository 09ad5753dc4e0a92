import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { SiteObject } from '../../worker/index'
import type { FaultyDatabase, Plan } from './faultyDatabase'

const CUT = new Error('The object was cut off.')

/**
 * Lets the n-th transaction of an object fail, once, like `faultyDatabase`: before its end, so that it is rolled back, or
 * after it. The database of the directory is the real one.
 */
export const faultyObject = async (stub: DurableObjectStub<SiteObject>, plan: Plan | null): Promise<FaultyDatabase> => {
  const calls: number[] = []
  let isCut = false
  await runInDurableObject(stub, (_, { storage }) => {
    const transact = storage.transactionSync.bind(storage)
    const fail = <T>(work: () => T, error: Error, when: 'before' | 'after'): never => {
      if (when === 'after') transact(work)
      else {
        transact(() => {
          work()
          throw error
        })
      }
      throw error
    }
    storage.transactionSync = work => {
      if (isCut) throw CUT
      calls.push(calls.length + 1)
      if (!plan || calls.length !== plan.at) return transact(work)
      if (plan.hit === 'cut') {
        isCut = true
        return fail(work, CUT, 'after')
      }
      if ('meanwhile' in plan.hit) throw new Error('A transaction of an object waits for nothing.')
      return fail(work, new Error(plan.hit.message), plan.hit.when)
    }
  })
  const revive = () => {
    isCut = false
  }
  return { db: env.DB, calls, revive }
}
