import { isIPv4 } from 'node:net'

type Value = string | number | readonly Value[] | { readonly [key: string]: Value }

/** Types of fields that follow those of three bits, so that their number stands in a byte of its own. */
const EXTENDED = 7
const TYPES = { string: 2, uint32: 6, map: 7, array: 11 } as const

const head = (type: number, size: number): Buffer => {
  const [first, rest] = type > EXTENDED ? [0, [type - EXTENDED]] : [type, []]
  // Longer sizes take another byte.
  return size < 29 ? Buffer.from([(first << 5) | size, ...rest]) : Buffer.from([(first << 5) | 29, ...rest, size - 29])
}

const encoded = (value: Value): Buffer => {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return Buffer.concat([head(TYPES.string, bytes.length), bytes])
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([head(TYPES.uint32, 4), bytes])
  }
  if (Array.isArray(value)) return Buffer.concat([head(TYPES.array, value.length), ...value.map(encoded)])
  const entries = Object.entries(value)
  return Buffer.concat([head(TYPES.map, entries.length), ...entries.flatMap(entry => entry.map(encoded))])
}

/** The bits of an address in a tree of IPv6, where IPv4 addresses begin with 96 zeros. */
const bitsOf = (address: string): string => {
  if (isIPv4(address))
    return (
      '0'.repeat(96) +
      address
        .split('.')
        .map(byte => Number(byte).toString(2).padStart(8, '0'))
        .join('')
    )
  const [head = '', tail = ''] = address.split('::')
  const groups = (part: string) => part.split(':').filter(group => group !== '')
  const zeros = Array<string>(8 - groups(head).length - groups(tail).length).fill('0')
  return [...groups(head), ...zeros, ...groups(tail)]
    .map(group => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('')
}

/** A node of the tree: what follows a 0 and a 1. `null` is nothing, a number another node, a buffer the data. */
type Node = [Node | Buffer | null, Node | Buffer | null]

const add = (root: Node, bits: string, data: Buffer): void => {
  let node = root
  for (const bit of bits.slice(0, -1)) {
    const next = node[Number(bit)]
    if (Array.isArray(next)) node = next
    else node = node[Number(bit)] = [null, null]
  }
  node[Number(bits.at(-1))] = data
}

const nodesOf = (root: Node): Node[] => {
  const nodes = [root]
  for (const node of nodes) for (const next of node) if (Array.isArray(next)) nodes.push(next)
  return nodes
}

/**
 * An MMDB file with what is known of addresses, as DB-IP and MaxMind publish them.
 * @see https://maxmind.github.io/MaxMind-DB/
 */
export const mmdb = (known: Readonly<Record<string, Value>>): Buffer => {
  const root: Node = [null, null]
  const data = Object.entries(known).map(([address, value]) => [address, encoded(value)] as const)
  for (const [address, bytes] of data) add(root, bitsOf(address), bytes)
  const nodes = nodesOf(root)
  const offsets = new Map<Buffer, number>()
  let end = 0
  for (const [, bytes] of data) {
    offsets.set(bytes, end)
    end += bytes.length
  }
  const record = (next: Node | Buffer | null): Buffer => {
    const bytes = Buffer.alloc(3)
    if (next === null) bytes.writeUIntBE(nodes.length, 0, 3)
    else if (Array.isArray(next)) bytes.writeUIntBE(nodes.indexOf(next), 0, 3)
    else bytes.writeUIntBE(nodes.length + 16 + (offsets.get(next) ?? 0), 0, 3)
    return bytes
  }
  const metadata = encoded({
    node_count: nodes.length,
    record_size: 24,
    ip_version: 6,
    database_type: 'Test-City',
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    description: { en: 'A test' },
  })
  return Buffer.concat([
    ...nodes.flatMap(node => node.map(record)),
    Buffer.alloc(16),
    ...data.map(([, bytes]) => bytes),
    Buffer.from('abcdef', 'hex'),
    Buffer.from('MaxMind.com'),
    metadata,
  ])
}
