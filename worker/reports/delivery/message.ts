/** What is sent, in the form of each kind of delivery. */
export interface Message {
  /** The same for each try, and for no other message. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly html: string
  readonly slack: unknown
  readonly json: unknown
}
