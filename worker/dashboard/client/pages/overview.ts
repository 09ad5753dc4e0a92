import { card } from '../card'
import { h } from '../dom'
import { definitionOf, PAGE } from '../page'
import { about, asked } from '../panel'
import { start } from '../start'
import { hrefOf, withOwn } from '../view'

const METRICS = Object.keys(PAGE.metrics)

const cards = asked({
  questions: view => [{ ...about(view), metrics: METRICS }],
  draw: (body, [answer], view) => {
    const values = answer?.rows[0]?.metrics ?? {}
    const shown = view.own.metric ?? METRICS[0]
    body.replaceChildren(
      h(
        'ul',
        { class: 'cards' },
        ...Object.entries(values).map(([id, value]) =>
          card(definitionOf(id), value, hrefOf(withOwn({ metric: id })), id === shown),
        ),
      ),
    )
  },
})

start({ cards })
