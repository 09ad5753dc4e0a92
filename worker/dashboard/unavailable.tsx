import type { FC } from 'hono/jsx'
import { Document } from './shell'

/** A 503 page, for people who open an address in a browser. */
export const Unavailable: FC<{ message: string }> = ({ message }) => (
  <Document title="Unavailable">
    <main id="main" class="lost">
      <h1>Unavailable</h1>
      <p>{message}</p>
    </main>
  </Document>
)

/** @example unavailablePage('The request could not be handled. Try again.') */
export const unavailablePage = (message: string): string => `<!doctype html>${<Unavailable message={message} />}`
