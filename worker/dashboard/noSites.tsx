import type { FC } from 'hono/jsx'
import { Document } from './shell'

/** For somebody who signed in and may see no site, such as after it was deleted. */
export const NoSites: FC = () => (
  <Document title="No sites">
    <main id="main" class="lost">
      <h1>No sites</h1>
      <p>You don’t have access to any site. Ask an owner to add you to one.</p>
      <form method="post" action="/logout">
        <button type="submit">Sign out</button>
      </form>
    </main>
  </Document>
)
