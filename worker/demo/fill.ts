/**
 * A template with every `{{name}}` replaced by its value, as it is: values come from this folder, none from a visitor.
 * @throws when the template asks for a value that is not there.
 * @example fill('<h1>{{name}}</h1>', { name: 'Mug' }) // '<h1>Mug</h1>'
 */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The template needs a value for "${name}".`)
    return String(value)
  })
