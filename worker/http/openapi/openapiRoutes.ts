import { ANYONE } from '../access'
import { pathsOf } from '../pathsOf'
import { route } from '../route'
import { openapi } from './openapi'

/** `GET /api/v1/openapi.json`. */
export const openapiRoutes = [route('GET', '/api/v1/openapi.json', ANYONE, c => c.json(openapi(pathsOf(c.env).paths)))]
