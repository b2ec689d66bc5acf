import type { Body, Commenters, ReelTraits, Routes } from '@tintype/contract'

/** Undefined where nothing is said of it. Of a post that has limits already, `comments_enabled: true` lifts none of them. */
export const commentersOf = (
  {
    comments_from,
    comments_enabled,
  }: Pick<Body<Routes['posts']['edit']>, 'comments_from' | 'comments_enabled'>,
  before: Commenters = 'off',
): Commenters | undefined => {
  if (comments_from !== undefined || comments_enabled === undefined) return comments_from
  if (!comments_enabled) return 'off'
  return before === 'off' ? 'everyone' : before
}

/** What is not said of it stays; one with another's sound has none to share. */
export const reelAfter = (reel: ReelTraits | null, share_sound: boolean | undefined): ReelTraits | null =>
  reel && reel.sound_id === null && share_sound !== undefined ? { ...reel, shares_sound: share_sound } : reel
