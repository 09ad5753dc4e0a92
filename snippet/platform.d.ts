interface Document {
  /** https://wicg.github.io/nav-speculation/prerendering.html */
  readonly prerendering?: boolean
}

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
