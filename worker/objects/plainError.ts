import { Problem, type ProblemStatus } from '../lib/problem'
import { InvalidBackup } from '../storage/backup/invalidBackup'

/** An error as it returns from an object: a call keeps the message of an error, not its class. */
export interface PlainError {
  readonly message: string
  /** Of a problem; `null` for any other error. */
  readonly problem: { readonly status: ProblemStatus; readonly code: string } | null
}

export const plainError = (error: unknown): PlainError => {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Problem) return { message, problem: { status: error.status, code: error.code } }
  if (error instanceof InvalidBackup) return { message, problem: { status: 400, code: 'bad_backup' } }
  return { message, problem: null }
}

export const errorOf = ({ message, problem }: PlainError): Error =>
  problem ? new Problem(problem.status, problem.code, message) : new Error(message)
