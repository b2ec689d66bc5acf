import type { PostId } from '@tintype/contract'
import { prefersStill } from '../../shell/viewport.ts'

export function turnTo(track: HTMLElement | null | undefined, index: number): void {
  track?.scrollTo({ left: index * track.clientWidth, behavior: prefersStill() ? 'auto' : 'smooth' })
}

/** Turns the pictures of a post on the screen, the uppermost where it is shown twice; false where there is no further one. */
export function turnPictures(postId: PostId, step: number): boolean {
  const track = [...document.querySelectorAll<HTMLElement>(`[data-pictures="${postId}"]`)].at(-1)
  if (!track) return false
  const to = picturedAt(track) + step
  if (to < 0 || to >= track.childElementCount) return false
  turnTo(track, to)
  return true
}

/** Shows a picture of a post wherever its pictures are, at once. */
export function bringPicture(postId: PostId, index: number): void {
  for (const track of document.querySelectorAll<HTMLElement>(`[data-pictures="${postId}"]`))
    track.scrollTo({ left: index * track.clientWidth, behavior: 'instant' })
}

const picturedAt = (track: HTMLElement): number =>
  track.clientWidth > 0 ? Math.round(track.scrollLeft / track.clientWidth) : 0

/** Which picture of a post is there. */
export const shownPicture = (postId: PostId): number => {
  const track = [...document.querySelectorAll<HTMLElement>(`[data-pictures="${postId}"]`)].at(-1)
  return track ? picturedAt(track) : 0
}
