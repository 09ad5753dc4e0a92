import { readFileSync } from 'node:fs'

interface Value {
  readonly string?: string
  readonly boolean?: boolean
  readonly listItem?: readonly Value[]
  readonly mapKey?: readonly Value[]
  readonly mapValue?: readonly Value[]
}

interface Permission {
  readonly instance: {
    readonly key: { readonly publicId: string }
    readonly param: readonly { readonly key: string; readonly value: Value }[]
  }
}

const FILE = new URL('../integrations/gtm/template.tpl', import.meta.url)

/** A value of a permission as plain JSON: strings, lists, and objects by their keys. */
const plain = ({ string, boolean, listItem, mapKey, mapValue }: Value): unknown => {
  if (listItem) return listItem.map(plain)
  if (!mapKey) return string ?? boolean
  return Object.fromEntries(mapKey.map(({ string: key }, place) => [key, plain(mapValue?.[place] ?? {})]))
}

/**
 * The parts of the template for Tag Manager.
 * @see https://developers.google.com/tag-platform/tag-manager/templates
 */
export const tagManagerTemplate = () => {
  const [, ...parts] = readFileSync(FILE, 'utf8').split(/^___([A-Z_]+)___$/m)
  const sections = new Map<string, string>()
  for (let place = 0; place < parts.length; place += 2) sections.set(parts[place] ?? '', parts[place + 1]?.trim() ?? '')
  const json = (name: string) => JSON.parse(sections.get(name) ?? '')
  const asked: readonly Permission[] = json('WEB_PERMISSIONS')
  return {
    sections,
    info: json('INFO') as Readonly<Record<string, unknown>>,
    parameters: json('TEMPLATE_PARAMETERS') as readonly { readonly name: string }[],
    code: sections.get('SANDBOXED_JS_FOR_WEB_TEMPLATE') ?? '',
    /** Permitted values, by permission and parameter. */
    permissions: new Map(
      asked.map(({ instance: { key, param } }) => [
        key.publicId,
        Object.fromEntries(param.map(({ key: name, value }) => [name, plain(value)])),
      ]),
    ),
  }
}
