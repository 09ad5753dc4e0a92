/** Lists of a thousand folders that are read at most: some ten years of days. */
const MOST_LISTS = 4

/** The folders directly below another in a bucket, in the order of their names. */
export const foldersIn = async (bucket: R2Bucket, prefix: string): Promise<readonly string[]> => {
  const found: string[] = []
  let cursor: string | undefined
  for (let lists = 0; lists < MOST_LISTS; lists++) {
    const listed = await bucket.list({ prefix, delimiter: '/', ...(cursor !== undefined && { cursor }) })
    found.push(...listed.delimitedPrefixes)
    if (!listed.truncated) break
    cursor = listed.cursor
  }
  return found.sort()
}
