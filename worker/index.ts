import { Hono } from 'hono'
import type { HonoEnv } from './env'
import { Problem } from './problem'

const app = new Hono<HonoEnv>()

app.onError((error, c) => {
  if (error instanceof Problem) return c.json({ error: { code: error.code, message: error.message } }, error.status)
  throw error
})

app.get('/health', c => c.json({ status: 'ok' }))

export default app
