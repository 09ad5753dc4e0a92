/** Characters. A longer line is no record of any source. */
const LONGEST = 1_000_000

/**
 * The lines of a file, some thousand at a time, without their ends. Empty lines are left out.
 * @param tooLong called for each line that is too long to be read
 */
export const readLines = async function* (
  stream: ReadableStream<Uint8Array>,
  tooLong: () => void,
): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  let isSkipping = false
  const linesIn = (text: string): string[] => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (isSkipping && lines.length > 0) {
      lines.shift()
      isSkipping = false
    }
    if (isSkipping) rest = ''
    else if (rest.length > LONGEST) {
      tooLong()
      isSkipping = true
      rest = ''
    }
    return lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line)).filter(line => line !== '')
  }
  for await (const chunk of stream) yield linesIn(decoder.decode(chunk, { stream: true }))
  yield linesIn(`${decoder.decode()}\n`)
}
