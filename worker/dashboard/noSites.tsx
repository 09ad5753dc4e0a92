import type { FC } from 'hono/jsx'
import { Document } from './shell'
import { frameTexts } from './texts/frame'
import { useTexts } from './texts/useTexts'

/** For somebody who signed in and may see no site, such as after it was deleted. */
export const NoSites: FC = () => {
  const { noSites, signOut } = useTexts(frameTexts)
  return (
    <Document title={noSites.title}>
      <main id="main" class="lost">
        <h1>{noSites.title}</h1>
        <p>{noSites.text}</p>
        <form method="post" action="/logout">
          <button type="submit">{signOut}</button>
        </form>
      </main>
    </Document>
  )
}
