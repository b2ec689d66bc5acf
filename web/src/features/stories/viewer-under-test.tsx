import { act, fireEvent, screen } from '@testing-library/react'
import type { AuthorStories, Story } from '@tintype/contract'
import { vi } from 'vitest'
import { userNamed } from '../../testing/things.ts'
import { STORY_MS } from './viewer/use-story-clock.ts'

/** From here on time passes only when told. */
export const stopTheClock = () =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })

/** Lets so many milliseconds pass, and what they bring about happen. */
export const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
export const passOneStory = () => pass(STORY_MS)

/** The picture that is shown; jsdom loads none, so a test says when it is there. */
export const picture = (name: string) => screen.getByRole('img', { name })
export const paint = (name: string) => act(async () => void fireEvent.load(picture(name)))

export const byAuthor = (username: string, stories: Story[], muted = false): AuthorStories => {
  const { viewer: _, ...user } = userNamed(username)
  return { user, muted, stories }
}

/** The answers of `stories.ofAuthor`, by username. */
export const authors =
  (all: Record<string, Story[]>) =>
  async ({ params }: { params: { username: string } }) =>
    byAuthor(params.username, all[params.username] ?? [])

export function hideTab(hidden: boolean): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(hidden ? 'hidden' : 'visible')
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
}
