/** R2 wants parts of equal length, but for the last, and none below 5 MB. */
const PART = 8 * 1024 * 1024

const joined = (chunks: readonly Uint8Array[], length: number): Uint8Array => {
  const whole = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

/** Cuts bytes into parts of one length; the last one is what is left, and may be empty. */
async function* partsOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    held.push(chunk)
    length += chunk.length
    if (length < PART) continue
    const whole = joined(held, length)
    let offset = 0
    for (; offset + PART <= length; offset += PART) yield whole.subarray(offset, offset + PART)
    held = [whole.subarray(offset)]
    length -= offset
  }
  yield joined(held, length)
}

/**
 * Writes an object of unknown length, a part in memory at a time. It appears when it is complete.
 * @see https://developers.cloudflare.com/r2/objects/multipart-objects/
 */
export const putStream = async (
  bucket: R2Bucket,
  key: string,
  contentType: string,
  source: AsyncIterable<Uint8Array>,
): Promise<void> => {
  const options = { httpMetadata: { contentType } }
  const parts = partsOf(source)
  const first = await parts.next()
  const second = await parts.next()
  if (second.done) {
    await bucket.put(key, first.value ?? new Uint8Array(), options)
    return
  }
  const upload = await bucket.createMultipartUpload(key, options)
  try {
    const uploaded = [await upload.uploadPart(1, first.value), await upload.uploadPart(2, second.value)]
    for await (const part of parts)
      if (part.length > 0) uploaded.push(await upload.uploadPart(uploaded.length + 1, part))
    await upload.complete(uploaded)
  } catch (error) {
    await upload.abort()
    throw error
  }
}
