/** Words that stand before a parenthesis and are no function. */
const KEYWORDS = new Set(
  'all and as between by case check cross distinct else exists filter from having in intersect join key like limit not on or over returning select set then union unique using values when where with'.split(
    ' ',
  ),
)

/** After these, a name and a parenthesis are a table and its columns. */
const BEFORE_TABLES = new Set(['into', 'table', 'on', 'with', 'recursive', 'references'])

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\w+|\S/g

const isComment = (token: string): boolean => token.startsWith('--') || token.startsWith('/*')

/** The call of a function with its number of arguments. */
export interface FunctionCall {
  readonly name: string
  readonly count: number
}

interface OpenParenthesis {
  /** The function's name, `null` for a parenthesis of another kind. */
  readonly name: string | null
  commas: number
  isEmpty: boolean
}

const nameBefore = (tokens: readonly string[], index: number): string | null => {
  const [before = '', name = ''] = [tokens[index - 2], tokens[index - 1]].map(token => token?.toLowerCase())
  const isFunction = /^[a-z_]\w*$/.test(name) && !KEYWORDS.has(name) && !BEFORE_TABLES.has(before)
  return isFunction ? name : null
}

/** The function calls in a statement. */
export const functionCalls = (sql: string): FunctionCall[] => {
  const tokens = (sql.match(TOKEN) ?? []).filter(token => !isComment(token))
  const open: OpenParenthesis[] = []
  const calls: FunctionCall[] = []
  for (const [index, token] of tokens.entries()) {
    const innermost = open.at(-1)
    if (token === ')') {
      open.pop()
      if (innermost?.name) calls.push({ name: innermost.name, count: innermost.isEmpty ? 0 : innermost.commas + 1 })
      continue
    }
    if (innermost) innermost.isEmpty = false
    if (innermost && token === ',') innermost.commas += 1
    if (token === '(') open.push({ name: nameBefore(tokens, index), commas: 0, isEmpty: true })
  }
  return calls
}
