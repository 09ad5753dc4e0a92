import type { FC } from 'hono/jsx'
import type { PageProps } from './page'
import { growthTexts } from './texts/growth'
import { useTexts } from './texts/useTexts'

/** Reads marketing costs from a CSV file, shows them, and uploads them. */
export const CostForm: FC<PageProps> = ({ rights, site }) => {
  const { form } = useTexts(growthTexts)
  return rights.own && site ? (
    <form class="form import">
      <label class="drop">
        <span>{form.file}</span>
        <input type="file" name="file" accept=".csv,text/csv" aria-describedby="cost-hint" />
      </label>
      <p class="hint" id="cost-hint">
        {form.columns} <a href="/api/v1/imports/costs/template.csv">{form.template}</a>
      </p>
      <p class="problem wrong" role="alert" />
    </form>
  ) : (
    <p class="note">{form.forOwners}</p>
  )
}
