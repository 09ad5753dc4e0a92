import type { Context } from 'hono'
import type { FC } from 'hono/jsx'
import type { HonoEnv } from '../env'
import { render } from './render'
import { Document } from './shell'
import { frameTexts } from './texts/frame'
import { useTexts } from './texts/useTexts'

const Unavailable: FC<{ message: string }> = ({ message }) => {
  const { unavailable } = useTexts(frameTexts)
  return (
    <Document title={unavailable}>
      <main id="main" class="lost">
        <h1>{unavailable}</h1>
        <p>{message}</p>
      </main>
    </Document>
  )
}

/** Answers with a page, for people who open an address in a browser. */
export const unavailablePage = (
  c: Context<HonoEnv>,
  message: string,
  headers: Readonly<Record<string, string>>,
): Response | Promise<Response> => render(c, <Unavailable message={message} />, 503, headers)
