/**
 * The script tag. `currentScript` is set only while the script runs for the first time.
 *
 * One run per page: Turbo and htmx run the tags of every new body again in the same document. A second run finds a function
 * here, which has no attributes, so the first statement that reads one throws and ends the run.
 */
export const script = (document.footfall || document.currentScript) as unknown as TagElement

/** Its `data-` attributes. */
export const tag = script.dataset
