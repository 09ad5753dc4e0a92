import type { FC } from 'hono/jsx'
import { Document } from './shell'

/** A 404 page. It reads the same for a site that exists and that the reader may not see. */
export const UnknownSite: FC<{ domain: string; sites: readonly { readonly domain: string }[] }> = ({
  domain,
  sites,
}) => (
  <Document title="Site not found">
    <main id="main" class="lost">
      <h1>Site not found</h1>
      <p>
        There is no site <bdi>{domain}</bdi> here, or you don’t have access to it. Check the address.
      </p>
      {sites.length > 0 && (
        <>
          <p>Your sites:</p>
          <ul>
            {sites.map(site => (
              <li>
                <a href={`/?${new URLSearchParams({ site: site.domain })}`}>{site.domain}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/">Go to the dashboard</a>
      </p>
    </main>
  </Document>
)
