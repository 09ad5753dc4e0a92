import { BlobReader, configure, type FileEntry, ZipReader } from '@zip.js/zip.js'
import { ImportFailure } from './importFailure.ts'
import type { FileStart, ImportFile } from './importFormat.ts'

// A page may not start workers from text, and the files are read one at a time.
configure({ useWebWorkers: false })

/** A file as a browser or Node.js has it; nothing of it is in memory. */
export interface NamedBlob {
  readonly name: string
  readonly blob: Blob
}

/** Characters by which formats are told apart. */
const START = 64 * 1024

/** Takes the number of bytes that were read from the blobs. */
export type CountBytes = (bytes: number) => void

const counted = (stream: ReadableStream<Uint8Array>, count: CountBytes): ReadableStream<Uint8Array> =>
  stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        count(chunk.byteLength)
        controller.enqueue(chunk)
      },
    }),
  )

const bytesAt = async (blob: Blob, length: number): Promise<Uint8Array> =>
  new Uint8Array(await blob.slice(0, length).arrayBuffer())

const beginsWith = async (blob: Blob, ...bytes: readonly number[]): Promise<boolean> => {
  const start = await bytesAt(blob, bytes.length)
  return bytes.every((byte, at) => start[at] === byte)
}

const isZip = (blob: Blob): Promise<boolean> => beginsWith(blob, 0x50, 0x4b, 3, 4)
const isGzip = (blob: Blob): Promise<boolean> => beginsWith(blob, 0x1f, 0x8b)

const unzipped = (stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> =>
  stream.pipeThrough(new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>)

const openEntry = (entry: FileEntry, count: CountBytes): ReadableStream<Uint8Array> => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  let packed = 0
  entry
    .getData(writable, {
      onprogress: async progress => {
        // Of the unpacked bytes; the share of them is that of the packed ones.
        const now = Math.round((progress / Math.max(entry.uncompressedSize, 1)) * entry.compressedSize)
        count(now - packed)
        packed = now
      },
    })
    .catch(error => writable.abort(error).catch(() => {}))
  return readable
}

const zipEntries = async (blob: Blob, count: CountBytes): Promise<ImportFile[]> => {
  const entries = await new ZipReader(new BlobReader(blob)).getEntries()
  return entries.flatMap(entry => {
    if (entry.directory || entry.filename.startsWith('__MACOSX/')) return []
    if (entry.encrypted) throw new ImportFailure(`${entry.filename} is encrypted: unpack the ZIP and give its folder.`)
    const isPacked = entry.filename.endsWith('.gz')
    return [
      {
        name: entry.filename.replace(/\.gz$/, ''),
        open: () => (isPacked ? unzipped(openEntry(entry, count)) : openEntry(entry, count)),
      },
    ]
  })
}

/**
 * The files of an export: ZIPs unpacked, gzip undone.
 * @throws ImportFailure for a ZIP that cannot be read
 */
export const openImport = async (blobs: readonly NamedBlob[], count: CountBytes = () => {}): Promise<ImportFile[]> => {
  const files: ImportFile[] = []
  for (const { name, blob } of blobs) {
    const open = () => counted(blob.stream() as ReadableStream<Uint8Array>, count)
    if (await isZip(blob)) {
      const entries = await zipEntries(blob, count).catch(error => {
        if (error instanceof ImportFailure) throw error
        throw new ImportFailure(`${name} is not a complete ZIP file. Download it again.`)
      })
      files.push(...entries)
    } else if (await isGzip(blob)) files.push({ name: name.replace(/\.gz$/, ''), open: () => unzipped(open()) })
    else files.push({ name, open })
  }
  return files
}

/** Reads the beginning of a file as text. */
export const startOf = async ({ name, open }: ImportFile): Promise<FileStart> => {
  const reader = open().getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (text.length < START) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel().catch(() => {})
  return { name, text: text.replace(/^\uFEFF/, '') }
}
