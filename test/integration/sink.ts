interface Arrived {
  readonly url: string
  readonly id: string | null
  readonly body: string
}

/** Takes what leaves the Worker, and answers it with a status. */
export const sink = (status: () => number = () => 200) => {
  const arrived: Arrived[] = []
  const receive = async (request: Request): Promise<Response> => {
    arrived.push({ url: request.url, id: request.headers.get('footfall-delivery'), body: await request.text() })
    return new Response('', { status: status() })
  }
  const outlets = { email: null, fetch: (...args: Parameters<typeof fetch>) => receive(new Request(...args)) }
  const titles = () => arrived.map(({ body }) => JSON.parse(body).title)
  return { arrived, titles, outlets }
}
