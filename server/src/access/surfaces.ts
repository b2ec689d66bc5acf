import type { SensitiveLevel, UserId } from '@tintype/contract'
import type { Viewer } from './visibility.ts'

/**
 * Where posts come to a viewer who did not ask for them: `home`, of whom they follow; `found`, by a hashtag, a place, a sound, a search, among
 * reels; `explore`, what nobody asked for at all. A post that is asked for by itself, on a profile or in a message, is on no surface.
 */
export type Surface = 'home' | 'found' | 'explore'

/** What viewers chose about what they come across; a visitor has chosen nothing. */
export interface Tastes {
  sensitive?: SensitiveLevel
  mutedWords?: readonly string[]
}

interface Shown {
  author_id: UserId
  sensitive?: boolean
}

/** Whether a post that its viewer may see is left out there: asked for each post on each surface, and nowhere else. Its words are looked at where they count. */
export function leavesOut(
  viewer: Viewer & Tastes,
  post: Shown,
  surface: Surface | undefined,
  says: (words: readonly string[]) => boolean,
): boolean {
  if (surface === undefined || viewer.user_id === post.author_id) return false
  if (post.sensitive && surface !== 'home') {
    if (viewer.sensitive === 'less') return true
    if (viewer.user_id === null && surface === 'explore') return true
  }
  const { mutedWords = NONE } = viewer
  return mutedWords.length > 0 && says(mutedWords)
}
const NONE: readonly string[] = []

/** Whether a viewer sees at once what is sensitive, without a cover and where it is only pointed at: its author, and who has asked for that. */
export const seesAtOnce = (viewer: Viewer & Tastes, authorId: UserId): boolean =>
  viewer.sensitive === 'more' || viewer.user_id === authorId
