import type { FC } from 'hono/jsx'
import type { PageProps } from './page'
import { SplitMenu } from './splitMenu'
import { goalsTexts } from './texts/goals'
import { useTexts } from './texts/useTexts'

/** The menu that splits a funnel, and the button that builds one. */
export const FunnelMenu: FC<PageProps> = ({ view, shared }) => (
  <div class="platform">
    <SplitMenu view={view} />
    {/* A link with filters takes no steps of its viewers: they would count what the filters exclude. */}
    <button type="button" id="build" class="quiet" hidden={shared?.isFiltered}>
      {useTexts(goalsTexts).menu.build}
    </button>
  </div>
)
