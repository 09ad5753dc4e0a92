import { TOKEN } from './token.ts'

/**
 * Splits minified code at a character, but not inside brackets, strings and regular expressions.
 * @example splitTop('a=1,b=(2,3)', ',') // ['a=1', 'b=(2,3)']
 */
export const splitTop = (code: string, separator: ';' | ','): string[] => {
  const parts = ['']
  let depth = 0
  for (const [token] of code.matchAll(TOKEN)) {
    if ('([{'.includes(token)) depth += 1
    if (')]}'.includes(token)) depth -= 1
    if (token === separator && depth === 0) parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts.filter(part => part !== '')
}
