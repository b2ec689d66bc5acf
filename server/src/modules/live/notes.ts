import type { LiveCommentId } from '@tintype/contract'

/** What those who watch a live are told. */
export type LiveNote =
  | { what: 'counted'; hearts_new: number }
  | { what: 'said'; comment_id: LiveCommentId }
  | { what: 'unsaid'; comment_id: LiveCommentId }
  | { what: 'changed' }
