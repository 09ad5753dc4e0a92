import { buildServer } from './server/buildServer.ts'

await buildServer()
