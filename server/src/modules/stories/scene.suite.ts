import type { Story } from '@tintype/contract'
import type { NewStory, Person, TestSystem } from '@tintype/testkit'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** A story that is there to be seen, a second after the one before. */
export async function posted(system: TestSystem, author: Person, story: NewStory = {}): Promise<Story> {
  system.clock.advance(1000)
  const { story_id } = await author.story(story)
  await system.settle()
  return author.api.stories.get({ params: { story_id } })
}

/** Moves the clock to so long after a story was posted; all are logged in again, as their sessions may have ended. */
export async function after(
  system: TestSystem,
  story: Story,
  ms: number,
  ...people: readonly Person[]
): Promise<void> {
  system.clock.advance(Date.parse(story.created_at) + ms - system.clock.now())
  for (const person of people) await person.logIn()
}

export const ids = (stories: readonly { story_id: string }[]): string[] =>
  stories.map((story) => story.story_id)

export const code = (expected: string) => ({ code: expected })

/** Where a sticker stands does not matter here. */
export const placed = { x: 0.5, y: 0.5, width: 0.4, rotation: 0 }

/** What a link to a picture answers: its status and for how long it may be kept. */
export async function fetched(system: TestSystem, story: Pick<Story, 'media'> | undefined) {
  const reply = await fetch(new URL(story?.media?.url ?? '/nothing', system.baseUrl))
  await reply.arrayBuffer()
  const [, seconds] = /max-age=(\d+)/.exec(reply.headers.get('cache-control') ?? '') ?? []
  return { status: reply.status, seconds: Number(seconds) }
}

/** Runs what runs by itself every now and then. */
export async function runSchedules(system: TestSystem): Promise<void> {
  for (const schedule of system.system.schedules) await schedule.run(new AbortController().signal)
  await system.settle()
}
