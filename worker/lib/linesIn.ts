/** The lines of a stream of text, as they come. */
export async function* linesIn(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  // A line can come in many pieces: they are joined once it is complete.
  let pieces: string[] = []
  for await (const chunk of stream) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n')
    pieces.push(first)
    for (const other of others) {
      yield pieces.join('')
      pieces = [other]
    }
  }
  const rest = pieces.join('') + decoder.decode()
  if (rest !== '') yield rest
}
