// One run per page: Turbo and htmx run the tags of every new body again in the same document. To throw ends this run.
if (document.footfall) throw 0

/** The script tag. `currentScript` is set only while the script runs for the first time. */
export const script = document.currentScript as TagElement

/** Its `data-` attributes. */
export const tag = script.dataset
