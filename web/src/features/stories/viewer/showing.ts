import type { StoryId } from '@tintype/contract'

/** What the viewer shows, and what it does from there. */
export interface Showing {
  /** One after the other; the one shown is among them. */
  ids: readonly StoryId[]
  id: StoryId
  /** What follows it, beyond these as well: fetched ahead. */
  upcoming: readonly StoryId[]
  /** Of the highlight that is shown. */
  title?: string | undefined
  /** Something lies over it, which stops it. */
  isCovered?: boolean
  onShow: (id: StoryId) => void
  /** Beyond the last or before the first: to an author beside, or out. */
  onTurn: (step: number) => void
  onClose: () => void
  /** In the menu, beside what every story has there. */
  onEdit?: (() => void) | undefined
}
