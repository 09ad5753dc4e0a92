declare module '*.sql' {
  const text: string
  export default text
}
declare module '*.html' {
  const text: string
  export default text
}
declare module '*.css' {
  const text: string
  export default text
}
declare module '*.svg' {
  const text: string
  export default text
}
declare module '../../demo/*.js' {
  const text: string
  export default text
}
declare module '*/dist/dashboard.js' {
  /** An entry point of the client: its file and those it imports. */
  export interface Script {
    readonly file: string
    readonly imports: readonly string[]
    /** The files with its texts, by language. English has none. */
    readonly texts: Readonly<Record<string, string>>
  }
  /** The texts of each language as JSON. */
  export const translations: Readonly<Record<string, string>>
  export const scripts: Readonly<Record<string, Script>>
  /** The style sheet's file. */
  export const style: string
}
