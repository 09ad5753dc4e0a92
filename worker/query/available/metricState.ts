/** What was found when a metric was asked: why it has no value, `null` if it has one. */
export interface MetricState {
  readonly reason: string | null
  /** Whether that can change with time alone. */
  readonly isPending: boolean
  /** Of its input then: see `MetricInput`. */
  readonly settings: string
  readonly data: string
  /** See `SiteInput`. */
  readonly day: number
}

/** By metric. */
export type KeptStates = Readonly<Record<string, MetricState>>
