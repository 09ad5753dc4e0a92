import type { FC } from 'hono/jsx'
import type { PageProps } from './page'
import { settingsTexts } from './texts/settings'
import { useTexts } from './texts/useTexts'

/** Reads history from files of another tool. The code that reads them, loaded with the tab, lists the tools. */
export const ImportForm: FC<PageProps> = ({ rights, site }) => {
  const { imports } = useTexts(settingsTexts)
  return rights.own && site ? (
    <form class="form import">
      <p class="note" data-imported hidden />
      <label>
        <span>{imports.source}</span>
        <select name="source" aria-describedby="takes" disabled />
      </label>
      <p class="hint" id="takes" data-takes />
      <label class="drop">
        <span>{imports.files}</span>
        <input type="file" name="files" multiple aria-describedby="files-hint" />
      </label>
      <p class="hint" id="files-hint">
        {imports.filesHint}
      </p>
      <label>
        <span>{imports.before}</span>
        <input type="date" name="before" aria-describedby="before-hint" />
      </label>
      <p class="hint" id="before-hint">
        {imports.beforeHint}
      </p>
      <label>
        <span>{imports.website}</span>
        <input name="website" autocomplete="off" spellcheck={false} aria-describedby="website-hint" />
      </label>
      <p class="hint" id="website-hint">
        {imports.websiteHint}
      </p>
      <p class="problem wrong" role="alert" />
      <div class="buttons">
        <button type="submit" value="dry" disabled>
          {imports.dryRun}
        </button>
        <button type="submit" value="import" disabled>
          {imports.import}
        </button>
        <button type="submit" value="compare" disabled>
          {imports.compare}
        </button>
        <button type="button" data-cancel hidden>
          {imports.cancel}
        </button>
      </div>
      <div data-progress hidden>
        <progress aria-label={imports.progress} />
        <span data-read />
      </div>
    </form>
  ) : null
}
