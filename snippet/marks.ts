import { footfall } from './page-view'

type Properties = Record<string, unknown> & { items?: [Record<string, unknown>] }

type Guide = HTMLElement | null

/**
 * Records the events in an element's attributes: `data-footfall` with its properties in `data-footfall-*`,
 * `data-guide-complete` and `data-guide-dismiss`.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: fewer bytes than two functions
export const recordMarks = (element: HTMLElement, properties: Properties = {}) => {
  for (const { name, value } of element.attributes) {
    const [, kind, key] = name.replace(/-/g, '_').split(/data_(footfall|guide)_/) as [string, string, string]
    // "footfall" sorts before "g"; "guide" and undefined do not.
    if (kind < 'g') {
      // A template's empty attribute is no property.
      if (value)
        // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
        (/^item_|^(price|quantity)$/.test(key) ? (properties.items ||= [{}])[0] : properties)[key] =
          // Names, ids and postcodes stay strings: "007" is not 7.
          // biome-ignore lint/suspicious/noGlobalIsNan: the value is a string
          /item_|_id|=0\d/.test(key + '=' + value) || isNaN(value as unknown as number) ? value : +value
    }
    // "complete" and "dismiss" sort before "e", "step" and "steps" after it
    else if (key < 'e')
      footfall('guide_' + key, {
        guide_id:
          value ||
          ((element.closest('[data-guide]') || document.querySelector('[data-guide]')) as Guide)?.dataset.guide,
      })
  }
  footfall(element.dataset.footfall as string, properties)
}
