import type { Context } from 'hono'
import { LIMITS } from '../../../shared/limits'
import type { Annotation } from '../../../shared/settings'
import type { HonoEnv } from '../../env'
import { parseDay } from '../../lib/calendar'
import { Problem } from '../../lib/problem'
import { periodOf } from '../../query/parse/parseQuery'
import { resolvePeriod } from '../../query/parse/period'
import { EDITOR_OF_SITE, VIEWER_BY_PATH } from '../access'
import { annotationOf, isSameAnnotation, sortedAnnotations } from '../annotationOf'
import { readJson } from '../body'
import { currentConfig } from '../currentConfig'
import { directoryOf } from '../directoryOf'
import { periodIn } from '../periodIn'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { isFiltered } from '../withinShare'

const PATH = '/api/v1/sites/:domain/annotations'

const isWithin = (c: Context<HonoEnv>): ((one: Annotation) => boolean) => {
  const period = c.req.query('period')
  if (period === undefined || period === 'all') return () => true
  const { timezone } = siteOf(c).config
  const { firstDay, lastDay } = resolvePeriod(periodOf(periodIn(period)), timezone, Date.now(), null)
  return ({ day }) => {
    const number = parseDay(day) ?? Number.NaN
    return firstDay <= number && number <= lastDay
  }
}

const annotationIn = async (c: Context<HonoEnv>): Promise<Annotation> =>
  annotationOf(await readJson(c.req.raw, LIMITS.bodyBytes), 'annotation')

/** Changes the annotations of a site as they are now: another isolate may have changed them a second ago. */
const change = async (
  c: Context<HonoEnv>,
  changed: (annotations: readonly Annotation[]) => readonly Annotation[],
): Promise<void> => {
  const site = await currentConfig(directoryOf(c), siteOf(c).config)
  const annotations = changed(site.settings.annotations)
  await directoryOf(c).update(site, { ...site, settings: { ...site.settings, annotations } })
}

const withOne = (annotations: readonly Annotation[], one: Annotation): readonly Annotation[] => {
  const all = sortedAnnotations([...annotations, one])
  const most = LIMITS.entriesPerSetting
  if (all.length <= most) return all
  throw new Problem(409, 'too_many_annotations', `A site has at most ${most} annotations. Delete one first.`)
}

const withoutOne = (annotations: readonly Annotation[], one: Annotation): readonly Annotation[] => {
  const rest = annotations.filter(other => !isSameAnnotation(one, other))
  if (rest.length < annotations.length) return rest
  throw new Problem(404, 'unknown_annotation', 'This site has no annotation with this day and text.')
}

/** Notes are about the whole site, so whoever sees a part of it gets none. */
const shownTo = (c: Context<HonoEnv>): readonly Annotation[] =>
  isFiltered(c) ? [] : siteOf(c).config.settings.annotations.filter(isWithin(c))

/** Notes on days of a site, which its settings hold. */
export const annotationsRoutes = [
  route('GET', PATH, VIEWER_BY_PATH, c => c.json({ annotations: shownTo(c) })),
  route('POST', PATH, EDITOR_OF_SITE, async c => {
    const annotation = await annotationIn(c)
    await change(c, annotations => withOne(annotations, annotation))
    return c.json(annotation, 201)
  }),
  route('DELETE', PATH, EDITOR_OF_SITE, async c => {
    const annotation = await annotationIn(c)
    await change(c, annotations => withoutOne(annotations, annotation))
    return c.body(null, 204)
  }),
]
