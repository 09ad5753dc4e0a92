const SVG = 'http://www.w3.org/2000/svg'
const WIDTH = 120
const HEIGHT = 28
/** Half the width of the line, so that it is not cut at the edge. */
const EDGE = 2

/** The points of a line for each run of values without a gap. */
const lines = (values: readonly (number | null)[]): readonly string[] => {
  const known = values.filter(value => value !== null)
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)]
  const y = (value: number): number =>
    high === low ? HEIGHT - EDGE : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE)
  const x = (at: number): number => EDGE + (at / Math.max(1, values.length - 1)) * (WIDTH - 2 * EDGE)
  const runs: string[][] = [[]]
  for (const [at, value] of values.entries()) {
    if (value === null) runs.push([])
    else runs.at(-1)?.push(`${x(at).toFixed(1)},${y(value).toFixed(1)}`)
  }
  // A value between two gaps is a dot.
  return runs.filter(run => run.length > 0).map(run => (run.length === 1 ? `${run} ${run}` : run.join(' ')))
}

/**
 * A small chart without axes that includes 0.
 * @param label describes the chart for screen readers
 */
export const sparkline = (label: string, values: readonly (number | null)[]): SVGElement => {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`)
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', label)
  for (const points of lines(values)) {
    const line = document.createElementNS(SVG, 'polyline')
    line.setAttribute('points', points)
    svg.appendChild(line)
  }
  return svg
}
