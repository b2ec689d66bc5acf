import type { PostId } from '@tintype/contract'

let sequence: readonly PostId[] = []

/** The list a post was opened from. */
export const setSequence = (ids: readonly PostId[]): void => {
  sequence = ids
}

export interface Neighbours {
  previous: PostId | undefined
  next: PostId | undefined
}

export function neighboursOf(id: PostId): Neighbours {
  const at = sequence.indexOf(id)
  if (at < 0) return { previous: undefined, next: undefined }
  return { previous: sequence[at - 1], next: sequence[at + 1] }
}
