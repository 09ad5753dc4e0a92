import type { FC } from 'hono/jsx'
import { Document } from './shell'
import { partsOf } from './texts/fill'
import { frameTexts } from './texts/frame'
import { useTexts } from './texts/useTexts'

/** A 404 page. It reads the same for a site that exists and that the reader may not see. */
export const UnknownSite: FC<{ domain: string; sites: readonly { readonly domain: string }[] }> = ({
  domain,
  sites,
}) => {
  const texts = useTexts(frameTexts).unknownSite
  return (
    <Document title={texts.title}>
      <main id="main" class="lost">
        <h1>{texts.title}</h1>
        <p>{partsOf(texts.text, { site: <bdi>{domain}</bdi> })}</p>
        {sites.length > 0 && (
          <>
            <p>{texts.sites}</p>
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
          <a href="/">{texts.home}</a>
        </p>
      </main>
    </Document>
  )
}
