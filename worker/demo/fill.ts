/**
 * Replaces every `{{name}}` of a template with its value, unescaped: values come from this folder, never from a visitor.
 * @throws if a value is missing.
 * @example fill('<h1>{{name}}</h1>', { name: 'Mug' }) // '<h1>Mug</h1>'
 */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The template needs a value for "${name}".`)
    return String(value)
  })
