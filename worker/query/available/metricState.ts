/** The availability of a metric when it was last computed. */
export interface MetricState {
  /** Why it had no value; `null` if it had one. */
  readonly reason: string | null
  /** True if the metric can get a value just by waiting. */
  readonly isPending: boolean
  /** As in `MetricInput`. */
  readonly settings: string
  readonly data: string
  /** As in `SiteInput`. */
  readonly day: number
}

/** By metric. */
export type StoredStates = Readonly<Record<string, MetricState>>
