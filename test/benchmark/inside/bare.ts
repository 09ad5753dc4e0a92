/** The baseline of the collector: a Worker that only inserts one row per request. */
export const bare = {
  fetch: async (request: Request, { DB }: { DB: D1Database }): Promise<Response> => {
    const { n, e } = await request.json<{ n: number; e: { t: number; u: string; r?: string }[] }>()
    const [record] = e
    await DB.prepare('insert into bare (sent, time, url, referrer, agent) values (?1, ?2, ?3, ?4, ?5)')
      .bind(n, record?.t, record?.u, record?.r, request.headers.get('user-agent'))
      .run()
    return new Response(null, { status: 204 })
  },
}

export const makeBareTable = async (db: D1Database): Promise<void> => {
  await db
    .prepare(
      'create table if not exists bare (id integer primary key, sent integer, time integer, url text, referrer text, agent text)',
    )
    .run()
}
