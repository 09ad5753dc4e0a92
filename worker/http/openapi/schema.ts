export type Schema = Readonly<Record<string, unknown>>

export const text: Schema = { type: 'string' }
export const object = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
})
export const listOf = (items: Schema): Schema => ({ type: 'array', items })
export const one = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
export const nullable = (type: string): Schema => ({ type: [type, 'null'] })
