import { LIMITS } from '../../../../shared/limits'
import type { Answer, Question } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'
import { ApiError } from './apiError'
import { call } from './call'

const post = (questions: readonly Question[], signal: AbortSignal): Promise<Response> =>
  call('/api/v1/query', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(questions),
    signal,
  })

type AnswerOrError = Answer | { readonly error: { readonly code: string; readonly message: string } }

/** A question that waits to be sent together with others. */
interface Waiting {
  readonly question: Question
  readonly signal: AbortSignal | undefined
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

let waiting: Waiting[] = []

/** Aborts when every question was aborted. */
const signalOf = (batch: readonly Waiting[]): AbortSignal => {
  const controller = new AbortController()
  const check = (): void => {
    if (batch.every(({ signal }) => signal?.aborted)) controller.abort()
  }
  for (const { signal } of batch) signal?.addEventListener('abort', check, { once: true })
  check()
  return controller.signal
}

const send = async (batch: readonly Waiting[]): Promise<void> => {
  try {
    // Panels that need the same answer ask the same question, which is sent once.
    const questions = new Map(batch.map(({ question }) => [JSON.stringify(question), question]))
    const response = await post([...questions.values()], signalOf(batch))
    const answers: readonly AnswerOrError[] = await response.json()
    const keys = [...questions.keys()]
    for (const { question, resolve, reject } of batch) {
      const answer = answers[keys.indexOf(JSON.stringify(question))]
      if (answer && 'rows' in answer) resolve(answer)
      else
        reject(
          new ApiError(answer?.error.code ?? 'unavailable', answer?.error.message ?? clientFrameTexts.errors.noAnswer),
        )
    }
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}

/**
 * Asks `POST /api/v1/query`. Questions of the same moment share one call, because panels of a page often need the same
 * data.
 * @throws ApiError
 */
export const ask = (question: Question, signal?: AbortSignal): Promise<Answer> =>
  new Promise((resolve, reject) => {
    waiting.push({ question, signal, resolve, reject })
    if (waiting.length > 1) return
    queueMicrotask(() => {
      const batch = waiting
      waiting = []
      for (let from = 0; from < batch.length; from += LIMITS.questionsPerCall) {
        void send(batch.slice(from, from + LIMITS.questionsPerCall))
      }
    })
  })
