import type { Story, StoryId, TintypeError } from '@tintype/contract'
import { Person } from '@tintype/testkit'
import { ServerHome } from '@tintype/testkit/server-process'
import { expect, test, vi } from 'vitest'
import { ids } from './scene.suite.ts'

const soon = { timeout: 30_000, interval: 20 }

/** The real server is killed with SIGKILL while stories are made and seen, and started again on the same data. */
test('a story that was acknowledged is published once, and a view that was is there once, after kill -9', async () => {
  await using home = await ServerHome.make()
  let server = await home.start()
  let people: Person[] = []
  for (const name of ['ana', 'ben', 'cleo', 'dan']) people.push(await Person.register(server.url, name))
  const [ana] = people as [Person]
  const made: StoryId[] = [(await ana.story()).story_id]
  await vi.waitFor(async () => expect((await ana.stories(ana))[0]?.status).toBe('published'), soon)
  for (const enough of [1, 3]) {
    const [author, ...viewers] = people as [Person, ...Person[]]
    const seen = new Set<string>()
    const posting = (async () => {
      for (;;) made.push((await author.story()).story_id)
    })().catch(() => {})
    const viewing = viewers.map((viewer) => lookOnAndOn(viewer, made, seen).catch(() => {}))
    const until = made.length + enough
    await vi.waitFor(() => expect(made.length).toBeGreaterThanOrEqual(until), soon)
    await server.kill()
    await Promise.all([posting, ...viewing])
    server = await home.start()
    people = people.map(({ username, session }) => new Person(server.url, username, session))
    await expectAll(people[0] as Person, made, seen)
  }
}, 120_000)

/** Until the server is gone. */
async function lookOnAndOn(viewer: Person, made: readonly StoryId[], seen: Set<string>): Promise<never> {
  for (;;)
    for (const story_id of made) {
      const isSeen = await viewer.viewStory({ story_id }).then(
        () => true,
        (error: TintypeError) => {
          // It is still in the making.
          if (error.code === 'not_found') return false
          throw error
        },
      )
      if (isSeen) seen.add(`${story_id} ${viewer.username}`)
    }
}

async function expectAll(author: Person, made: readonly StoryId[], seen: ReadonlySet<string>): Promise<void> {
  await vi.waitFor(async () => {
    const stories: Story[] = await author.stories(author)
    expect(stories.filter(({ status }) => status !== 'published')).toEqual([])
    expect(ids(stories)).toEqual(expect.arrayContaining([...made]))
  }, soon)
  const found: string[] = []
  for (const story_id of ids(await author.stories(author)) as StoryId[]) {
    const { items } = await author.api.stories.views({ params: { story_id } })
    found.push(...items.map(({ user }) => `${story_id} ${user.username}`))
  }
  expect(new Set(found).size).toBe(found.length)
  expect(found).toEqual(expect.arrayContaining([...seen]))
}
