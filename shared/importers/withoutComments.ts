/** Characters after which a file is taken to have no table. */
const LONGEST = 64 * 1024

/** The text from its first line that is neither empty nor a comment, `null` while there is none. */
const afterComments = (text: string): string | null => {
  const table = /^(?!"?#|[\r\n])[^\r\n]*[\r\n]/m.exec(text)
  return table ? text.slice(table.index) : null
}

/**
 * A file without the lines at its top that are empty or begin with `#`.
 * @example withoutComments('# All Users\n\nDate,Sessions\n') // 'Date,Sessions\n'
 */
export const withoutComments = (stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
  const [decoder, encoder] = [new TextDecoder(), new TextEncoder()]
  let head = ''
  let isTable = false
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true })
        head = isTable ? text : head + text
        const table = isTable ? head : afterComments(head)
        if (table === null && head.length <= LONGEST) return
        isTable = true
        controller.enqueue(encoder.encode(table ?? head))
      },
      flush(controller) {
        const rest = (isTable ? '' : head) + decoder.decode()
        if (rest) controller.enqueue(encoder.encode(rest))
      },
    }),
  )
}
