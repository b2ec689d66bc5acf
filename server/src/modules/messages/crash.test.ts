import { randomUUID } from 'node:crypto'
import type { ConversationId, Message, TintypeError } from '@tintype/contract'
import { Live, Person } from '@tintype/testkit'
import { ServerHome } from '@tintype/testkit/server-process'
import { expect, test, vi } from 'vitest'
import { friends, ids, inbox, messages, talk } from './scene.suite.ts'

const soon = { timeout: 30_000, interval: 20 }

interface Said {
  conversation_id: ConversationId
  client_message_id: string
  text: string
  author: number
  answer: Message | undefined
}

const say = (author: Person, { conversation_id, client_message_id, text }: Said): Promise<Message> =>
  author.api.messages.send({ params: { conversation_id }, body: { client_message_id, text } })

/** The real server is killed with SIGKILL while four talk, and started again on the same data. */
test('after kill -9 what was acknowledged is there once, and what is said again is told to everybody', async () => {
  await using home = await ServerHome.make()
  let server = await home.start()
  let people: Person[] = []
  for (const name of ['ana', 'ben', 'cleo', 'dan']) people.push(await Person.register(server.url, name))
  await friends(...people)
  const [ana, ben, cleo, dan] = people as [Person, Person, Person, Person]
  const places = [await talk(ana, ben), await talk(cleo, dan), await talk(ana, ben, cleo, dan)]
  const all: Said[] = []
  for (const enough of [10, 25]) {
    const lanes = people.map((person, author) => speak(person, author, placesOf(author, places), all))
    const until = all.length + enough
    await vi.waitFor(() => expect(all.filter((one) => one.answer).length).toBeGreaterThanOrEqual(until), soon)
    await server.kill()
    await Promise.all(lanes)
    server = await home.start()
    people = people.map(({ username, session }) => new Person(server.url, username, session))
    const lives = await Promise.all(people.map((person) => Live.of(person)))
    const again = all.filter((one) => !one.answer)
    expect(again.length).toBeGreaterThan(0)
    for (const said of again) said.answer = await say(people[said.author] as Person, said)
    await expectAll(people, places, all)
    // What was said again is told of, whether it had been written before or not.
    for (const said of again)
      for (const [at, live] of lives.entries())
        if (placesOf(at, places).some((place) => place.conversation_id === said.conversation_id))
          await live.until(
            ({ type, data }) =>
              type === 'message.created' && data.message.message_id === said.answer?.message_id,
          )
    for (const live of lives) await live.close()
  }
}, 180_000)

type Places = readonly { conversation_id: ConversationId }[]
const placesOf = (author: number, [one, other, both]: Places): Places =>
  [author < 2 ? one : other, both].flatMap((place) => place ?? [])

/** Until the server is gone; the last thing is not acknowledged. */
async function speak(person: Person, author: number, places: Places, all: Said[]): Promise<void> {
  for (let n = 0; ; n++) {
    const place = places[n % places.length]
    const said = { ...(place as Places[0]), client_message_id: randomUUID(), text: randomUUID(), author }
    const kept: Said = { ...said, answer: undefined } as Said
    all.push(kept)
    try {
      kept.answer = await say(person, kept)
    } catch (error) {
      expect((error as TintypeError).code).toBe('unavailable')
      return
    }
  }
}

async function expectAll(people: readonly Person[], places: Places, all: readonly Said[]): Promise<void> {
  for (const [at, person] of people.entries())
    for (const place of placesOf(at, places)) {
      const found: Message[] = []
      for (let before: never | undefined; ; ) {
        const page = await messages(person, place, before ? { before } : {})
        found.push(...page.filter(({ kind }) => kind === 'text'))
        before = page.at(-1)?.message_id as never
        if (page.length < 50) break
      }
      const mine = all.filter((said) => said.conversation_id === place.conversation_id)
      expect(found.map(({ body }) => body).toSorted()).toEqual(mine.map(({ text }) => text).toSorted())
      for (const said of mine)
        expect(found.find(({ body }) => body === said.text)?.message_id).toBe(said.answer?.message_id)
      expect(ids(found)).toEqual(ids(found).toSorted().toReversed())
      const listed = (await inbox(person)).find((one) => one.conversation_id === place.conversation_id)
      expect(listed?.last_message?.message_id).toBe(found[0]?.message_id)
      expect(listed?.active_at).toBe(found[0]?.created_at)
    }
}
