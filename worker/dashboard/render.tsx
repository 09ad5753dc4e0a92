import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { HonoEnv } from '../env'
import { languageOf } from './languageOf'
import { InLanguage } from './texts/useTexts'

/** Answers with a page in the language of the request. No cache keeps it. */
export const render = (
  c: Context<HonoEnv>,
  page: Child,
  status: ContentfulStatusCode = 200,
  headers: Readonly<Record<string, string>> = {},
): Response | Promise<Response> => {
  const inLanguage = <InLanguage value={languageOf(c)}>{page}</InLanguage>
  return c.html(`<!doctype html>${inLanguage}`, status, {
    'cache-control': 'no-store',
    vary: 'cookie, accept-language',
    ...headers,
  })
}
