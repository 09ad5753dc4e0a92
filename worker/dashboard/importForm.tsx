import type { FC } from 'hono/jsx'
import type { PageProps } from './page'

/** Reads history from files of another tool. The code that reads them, loaded with the tab, lists the tools. */
export const ImportForm: FC<PageProps> = ({ rights, site }) =>
  rights.own && site ? (
    <form class="form import">
      <p class="note" data-imported hidden />
      <label>
        <span>Source</span>
        <select name="source" aria-describedby="takes" disabled />
      </label>
      <p class="hint" id="takes" data-takes />
      <label class="drop">
        <span>Files – choose them, or drop them here</span>
        <input type="file" name="files" multiple aria-describedby="files-hint" />
      </label>
      <p class="hint" id="files-hint">
        A ZIP or gzip is read as it is. Your browser reads the files and sends what they contain.
      </p>
      <label>
        <span>Only before (optional)</span>
        <input type="date" name="before" aria-describedby="before-hint" />
      </label>
      <p class="hint" id="before-hint">
        The day on which you added Footfall’s script, in UTC. What both tools recorded would count twice.
      </p>
      <label>
        <span>Website (optional)</span>
        <input name="website" autocomplete="off" spellcheck={false} aria-describedby="website-hint" />
      </label>
      <p class="hint" id="website-hint">
        If the files have several websites: the id in Umami or Matomo, or the host in an access log.
      </p>
      <p class="problem wrong" role="alert" />
      <div class="buttons">
        <button type="submit" value="dry" disabled>
          Dry run
        </button>
        <button type="submit" value="import" disabled>
          Import
        </button>
        <button type="submit" value="compare" disabled>
          Compare
        </button>
        <button type="button" data-cancel hidden>
          Cancel
        </button>
      </div>
      <div data-progress hidden>
        <progress aria-label="Share of the files that was read" />
        <span data-read />
      </div>
    </form>
  ) : null
