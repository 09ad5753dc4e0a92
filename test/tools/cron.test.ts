import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startCron } from '../../tools/server/cron'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A job whose runs end on the test's command. */
const jobByHand = () => {
  const ends: (() => void)[] = []
  const job = vi.fn(() => new Promise<void>(resolve => ends.push(resolve)))
  return { job, end: () => ends.shift()?.() }
}

const never = () => expect.unreachable()

test('the job runs at once and a minute after each end', async () => {
  const { job, end } = jobByHand()
  const cron = startCron(job, 60, never)
  await vi.advanceTimersByTimeAsync(0)
  expect(job).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(200_000)
  expect(job, 'the first run has not ended').toHaveBeenCalledTimes(1)
  end()
  await vi.advanceTimersByTimeAsync(59_999)
  expect(job).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(job).toHaveBeenCalledTimes(2)
  end()
  await cron.stop()
})

test('a requested run waits for the one in progress and reports why it failed', async () => {
  const { job, end } = jobByHand()
  const cron = startCron(job, 60, never)
  await vi.advanceTimersByTimeAsync(0)
  const asked = cron.run()
  await vi.advanceTimersByTimeAsync(0)
  expect(job).toHaveBeenCalledTimes(1)
  end()
  await vi.advanceTimersByTimeAsync(0)
  expect(job).toHaveBeenCalledTimes(2)
  end()
  await asked
  job.mockRejectedValueOnce(new Error('no table'))
  await expect(cron.run()).rejects.toThrow('no table')
  await cron.stop()
})

test('a failed run is reported and the next one follows', async () => {
  const job = vi.fn(() => Promise.reject(new Error('no table')))
  const onError = vi.fn()
  const cron = startCron(job, 60, onError)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(job).toHaveBeenCalledTimes(2)
  expect(onError.mock.calls).toEqual([[new Error('no table')], [new Error('no table')]])
  await cron.stop()
})

test('stopping waits for the run in progress and starts none', async () => {
  const { job, end } = jobByHand()
  const cron = startCron(job, 60, never)
  await vi.advanceTimersByTimeAsync(0)
  const stopped = vi.fn()
  const stopping = cron.stop().then(stopped)
  await vi.advanceTimersByTimeAsync(0)
  expect(stopped).not.toHaveBeenCalled()
  end()
  await stopping
  await vi.advanceTimersByTimeAsync(600_000)
  expect(job).toHaveBeenCalledTimes(1)
})
