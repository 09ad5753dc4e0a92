/** True in `s.js`, false in `v.js`, which has only what its budget allows. */
declare const WHOLE: boolean

interface Navigator {
  /** https://w3c.github.io/gpc/ */
  readonly globalPrivacyControl?: boolean
}

interface Window {
  /** Before this file has loaded, the page's own stub, which queues calls in `q`. */
  footfall: {
    (name: string, properties?: Readonly<Record<string, unknown>>): void
    q?: readonly IArguments[]
  }
}

/** The script tag, where the module "debug" finds what happened to the last record. */
interface TagElement extends HTMLScriptElement {
  /** The reason why it was not sent. */
  n?: string | undefined
  /** The request that sent it. */
  e?: Promise<Response>
}

interface Document {
  /** The function of the tag that runs. Unlike the global, no script of the page overwrites it. */
  footfall?: Window['footfall']
}
