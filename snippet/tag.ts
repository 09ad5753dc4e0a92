/** The script tag. `currentScript` is set only while the script runs for the first time. */
export const script = document.currentScript as HTMLScriptElement

/** Its `data-` attributes. */
export const tag = script.dataset
