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
        <span>Files – choose or drop them here</span>
        <input type="file" name="files" multiple aria-describedby="files-hint" />
      </label>
      <p class="hint" id="files-hint">
        No need to unpack ZIP or gzip files. Your browser reads the files and sends their contents.
      </p>
      <label>
        <span>Only before (optional)</span>
        <input type="date" name="before" aria-describedby="before-hint" />
      </label>
      <p class="hint" id="before-hint">
        The day you added Footfall’s script, in UTC. Only earlier visits are imported, so that nothing counts twice.
      </p>
      <label>
        <span>Website (optional)</span>
        <input name="website" autocomplete="off" spellcheck={false} aria-describedby="website-hint" />
      </label>
      <p class="hint" id="website-hint">
        Only if the files cover several websites: the id in Umami or Matomo, or the host in an access log.
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
        <progress aria-label="Import progress" />
        <span data-read />
      </div>
    </form>
  ) : null
