import type { FC } from 'hono/jsx'
import type { PageProps } from './page'

/** Reads marketing costs from a CSV file, shows them, and uploads them. */
export const CostForm: FC<PageProps> = ({ rights, site }) =>
  rights.own && site ? (
    <form class="form import">
      <label class="drop">
        <span>CSV file – choose or drop one here</span>
        <input type="file" name="file" accept=".csv,text/csv" aria-describedby="cost-hint" />
      </label>
      <p class="hint" id="cost-hint">
        Columns: date, source, medium, campaign, cost and currency; only date and cost are required. A later file
        replaces the costs of the same day, channel, source and campaign.{' '}
        <a href="/api/v1/imports/costs/template.csv">Template</a>
      </p>
      <p class="problem wrong" role="alert" />
    </form>
  ) : (
    <p class="note">Only owners can upload costs.</p>
  )
