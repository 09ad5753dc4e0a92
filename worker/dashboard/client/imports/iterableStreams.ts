const chunksOf = async function* (stream: ReadableStream): AsyncGenerator<unknown> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/**
 * Lets `for await` read streams in Safari.
 * @see https://developer.mozilla.org/en-US/docs/Web/API/ReadableStream#browser_compatibility
 */
export const iterableStreams = (): void => {
  if (Symbol.asyncIterator in ReadableStream.prototype) return
  Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
    value(this: ReadableStream) {
      return chunksOf(this)
    },
  })
}
