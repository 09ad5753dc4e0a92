import type { Question } from '../../shared/question.ts'
import { answeringOf } from '../../worker/answerQueries'
import { Problem } from '../../worker/lib/problem'
import { answerSteps } from '../../worker/query/answer'
import { parseQuery } from '../../worker/query/parse/parseQuery'
import { d1 } from '../../worker/storage/d1'
import { findSite } from '../../worker/storage/sites'
import { describeSteps } from './describeSteps'

const explain = async (DB: D1Database, question: Question): Promise<Record<string, unknown>> => {
  const db = d1(DB)
  const site = await findSite(db, String(question.site))
  if (!site) throw new Problem(404, 'unknown_site', `There is no site "${question.site}".`)
  if (site.store === 'objects')
    throw new Problem(400, 'in_object', `"${site.domain}" is stored in an object. Explain a query of a site in D1.`)
  const query = parseQuery(question, site.settings)
  return describeSteps(await answerSteps(answeringOf(db, site, Date.now()), [query]))
}

/** Answers a question with every step on the way, or with one sentence about what is wrong. */
export default {
  async fetch(request: Request, { DB }: { readonly DB: D1Database }): Promise<Response> {
    try {
      return new Response(JSON.stringify(await explain(DB, await request.json<Question>()), null, 2))
    } catch (error) {
      if (error instanceof Problem) return new Response(error.message, { status: error.status })
      throw error
    }
  },
}
