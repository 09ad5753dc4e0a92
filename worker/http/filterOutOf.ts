import { LIMITS } from '../../shared/limits'
import { FILTERED_BY, type FilteredBy, type FilterOut } from '../../shared/settings'
import { isFields } from '../collect/parse/fields'
import { badSetting, lineOf } from './lineOf'

const FIELDS = ['what', 'is']

const isAddress = (text: string): boolean =>
  text.includes(':')
    ? URL.canParse(`http://[${text}]/`)
    : /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && URL.canParse(`http://${text}/`)

interface Form {
  readonly fits: (text: string) => boolean
  readonly example: string
}

/** The valid values of each kind of filter, with an example. */
const FORMS: Readonly<Partial<Record<FilteredBy, Form>>> = {
  ip: { fits: isAddress, example: 'an address like 192.0.2.1' },
  country: { fits: text => /^[A-Za-z]{2}$/.test(text), example: 'two letters of ISO 3166, like SE' },
  page: { fits: text => /^[/*]/.test(text), example: 'a path that begins with "/", like "/admin*"' },
}

/**
 * An entry of `settings.filters_out`.
 * @throws Problem `bad_settings`
 */
export const filterOutOf = (given: unknown, where: string): FilterOut => {
  if (!isFields(given)) throw badSetting(`"${where}" must be an object like {"what":"ip","is":"192.0.2.1"}.`)
  const unknown = Object.keys(given).find(name => !FIELDS.includes(name))
  if (unknown !== undefined)
    throw badSetting(`"${where}" has an unknown field "${unknown.slice(0, 60)}". Use what, is.`)
  const what = FILTERED_BY.find(one => one === given.what)
  if (!what) throw badSetting(`"${where}.what" must be one of ${FILTERED_BY.join(', ')}.`)
  const is = lineOf(given.is, `${where}.is`, LIMITS.identifier)
  const form = FORMS[what]
  if (form?.fits(is) === false) throw badSetting(`"${where}.is" must be ${form.example}.`)
  return { what, is }
}
