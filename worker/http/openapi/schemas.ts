import { object, one, text } from './schema'
import { answerSchemas } from './schemas/answerSchemas'
import { changesSchemas } from './schemas/changesSchemas'
import { coverageSchemas } from './schemas/coverageSchemas'
import { eventSchemas } from './schemas/eventSchemas'
import { importSchemas } from './schemas/importSchemas'
import { questionSchemas } from './schemas/questionSchemas'
import { settingsSchemas } from './schemas/settingsSchemas'
import { stepSchemas } from './schemas/stepSchemas'

export const schemas = () => ({
  Problem: object({ error: object({ code: text, message: text }, ['code', 'message']) }, ['error']),
  Site: object({
    domain: text,
    name: text,
    timezone: text,
    currency: text,
    settings: one('Settings'),
    tag: text,
  }),
  ...settingsSchemas(),
  ...eventSchemas(),
  ...questionSchemas(),
  ...importSchemas(),
  ...answerSchemas(),
  ...changesSchemas(),
  ...coverageSchemas(),
  ...stepSchemas(),
})
