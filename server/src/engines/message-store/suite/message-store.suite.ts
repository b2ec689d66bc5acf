import type { ConversationId, MessageId, UserId } from '@tintype/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idTime, newId } from '../../../kit/ids.ts'
import type { MessageStore, NewMessage, StoredMessage } from '../port.ts'

export interface MessageStoreFixture extends AsyncDisposable {
  /** Opens another handle on the same backing store, empty at the start of each case. */
  open(): Promise<MessageStore>
}

const NOW = Date.parse('2026-01-01T12:00:00Z')
const idsOf = (messages: readonly { message_id: MessageId }[]) => messages.map((one) => one.message_id)
const textsOf = (messages: readonly StoredMessage[]) => messages.map((one) => one.content.text)

/** What every message store has to do; each case holds two handles on one store. */
export function messageStoreSuite(name: string, fixture: () => Promise<MessageStoreFixture>): void {
  describe(`messages: ${name}`, () => {
    let store: MessageStoreFixture
    let one: MessageStore
    let two: MessageStore
    let talk: ConversationId
    let ana: UserId
    beforeEach(async () => {
      store = await fixture()
      one = await store.open()
      two = await store.open()
      talk = newId()
      ana = newId()
    })
    afterEach(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    })
    const say = (text: string, more: Partial<NewMessage> = {}): NewMessage => ({
      conversation_id: talk,
      sender_id: ana,
      client_message_id: newId<string>(),
      content: { text },
      marks: {},
      at: NOW,
      ...more,
    })
    const append = async (store: MessageStore, ...said: Parameters<typeof say>) =>
      (await store.append(say(...said))).message

    it('answers what was written, by id, by what its sender called it, and newest first', async () => {
      const called = say('hello', { marks: { life: 'day' } })
      const { message, isNew } = await one.append(called)
      expect(isNew).toBe(true)
      const { at, ...rest } = called
      expect(message).toEqual({ ...rest, message_id: message.message_id, version: 0 })
      expect(idTime(message.message_id)).toBe(at)
      expect(message.message_id).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      )
      expect(await two.read([message])).toEqual([message])
      expect(await two.find(talk, ana, called.client_message_id ?? '')).toEqual(message)
      const line = await append(two, 'a line', { sender_id: null, client_message_id: null })
      expect(await one.page(talk, { limit: 5 })).toEqual([line, message])
      expect(await one.page(newId(), { limit: 5 })).toEqual([])
      expect(await one.read([{ ...message, conversation_id: newId() }])).toEqual([])
      expect(await one.find(talk, newId(), called.client_message_id ?? '')).toBeUndefined()
    })

    it('is a conversation in one order, whoever writes and whatever their clocks say', async () => {
      const texts = Array.from({ length: 20 }, (_, n) => `${n}`)
      for (const text of texts)
        await append(Number(text) % 2 ? one : two, text, { at: NOW - Number(text) * 3_600_000 })
      const found = await two.page(talk, { limit: 50 })
      expect(textsOf(found)).toEqual(texts.toReversed())
      expect(idsOf(found)).toEqual(idsOf(found).toSorted().toReversed())
      const later = await append(one, 'later', { at: NOW + 5 })
      expect(idTime(later.message_id)).toBe(NOW + 5)
    })

    it('pages through thirty of one moment by seven, in both directions, each once', async () => {
      await Promise.all(Array.from({ length: 30 }, (_, n) => append(n % 2 ? one : two, `${n}`)))
      const all = idsOf(await one.page(talk, { limit: 50 }))
      expect(new Set(all).size).toBe(30)
      const backwards: MessageId[] = []
      for (let page = idsOf(await two.page(talk, { limit: 7 })); page.length > 0; ) {
        backwards.push(...page)
        const before = page.at(-1) as MessageId
        page = idsOf(await one.page(talk, { before, limit: 7 }))
      }
      expect(backwards).toEqual(all)
      const forwards = [all.at(-1) as MessageId]
      for (let page = forwards; page.length > 0; ) {
        page = idsOf(await two.page(talk, { after: forwards.at(-1) as MessageId, limit: 7 }))
        forwards.push(...page)
      }
      expect(forwards).toEqual(all.toReversed())
    })

    it('writes what is said again and again at the same time once', async () => {
      const said = say('once')
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, n) => (n % 2 ? one : two).append(said)),
      )
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(new Set(answers.map(({ message }) => message.message_id)).size).toBe(1)
      expect(await one.append({ ...said, content: { text: 'otherwise' } })).toMatchObject({
        isNew: false,
        message: { content: { text: 'once' } },
      })
      expect(await two.page(talk, { limit: 5 })).toHaveLength(1)
      const line = say('a line', { sender_id: null })
      const lines = await Promise.all([one, two, one].map((store) => store.append(line)))
      expect(lines.filter(({ isNew }) => isNew)).toHaveLength(1)
      // What another calls theirs, or what is called so elsewhere, is another message.
      for (const other of [{ sender_id: newId<UserId>() }, { conversation_id: newId<ConversationId>() }])
        expect(await two.append({ ...said, ...other })).toMatchObject({ isNew: true })
    })

    it('shows nothing above what is still to come', async () => {
      let isOver = false
      const seen: MessageId[][] = []
      const reading = (async () => {
        while (!isOver) seen.push(idsOf(await two.page(talk, { limit: 500 })).toReversed())
      })()
      const writers = [one, two, await store.open(), await store.open()]
      await Promise.all(
        writers.map(async (writer) => {
          for (let n = 0; n < 40; n++) await append(writer, `${n}`)
        }),
      )
      isOver = true
      await reading
      const all = idsOf(await one.page(talk, { limit: 500 })).toReversed()
      expect(all).toHaveLength(160)
      for (const ids of seen) expect(ids).toEqual(all.slice(0, ids.length))
      for (const writer of writers.slice(2)) await writer[Symbol.asyncDispose]()
    })

    it('goes on where it was after a restart', async () => {
      const first = await append(one, 'before', { at: NOW + 10 })
      await one[Symbol.asyncDispose]()
      one = await store.open()
      const second = await append(one, 'after')
      expect(await one.page(talk, { limit: 5 })).toEqual([second, first])
      expect(await one.page(talk, { after: first.message_id, limit: 5 })).toEqual([second])
    })

    it('changes a message that is as its changer knows it, and no other', async () => {
      const message = await append(one, 'tpyo', { marks: { a: 1 } })
      expect(await two.edit(message, 0, { content: { text: 'typo' } })).toBe(true)
      expect(await one.edit(message, 0, { marks: { a: 2 } })).toBe(false)
      expect(await one.read([message])).toEqual([{ ...message, content: { text: 'typo' }, version: 1 }])
      const races = await Promise.all(
        Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).edit(message, 1, { marks: { n } })),
      )
      expect(races.filter(Boolean)).toHaveLength(1)
      expect(await one.read([message])).toMatchObject([{ content: { text: 'typo' }, version: 2 }])
      await two.remove(talk, [message.message_id])
      expect(await one.edit(message, 2, { marks: {} })).toBe(false)
    })

    it('answers the newest and the heads of many conversations', async () => {
      const [empty, other] = [newId<ConversationId>(), newId<ConversationId>()]
      const mine = [await append(one, 'a'), await append(two, 'b', { marks: { life: 'day' } })]
      const theirs = await append(one, 'c', { conversation_id: other })
      const newest = await two.newest([other, empty, talk], 1)
      expect([newest.get(talk), newest.get(other), newest.get(empty)]).toEqual([
        [mine[1]],
        [theirs],
        undefined,
      ])
      const headOf = ({ conversation_id, message_id, sender_id, marks }: StoredMessage) => {
        return { conversation_id, message_id, sender_id, marks }
      }
      const [a, b] = mine as [StoredMessage, StoredMessage]
      const asked = [
        { conversation_id: talk, above: a.message_id },
        { conversation_id: empty, above: null },
        { conversation_id: talk, above: null },
        { conversation_id: other, above: theirs.message_id },
      ]
      expect(await one.heads(asked, 10)).toEqual([[headOf(b)], [], [headOf(b), headOf(a)], []])
      expect(await one.heads(asked.slice(2, 3), 1)).toEqual([[headOf(b)]])
      expect(await one.heads([], 1)).toEqual([])
    })

    it('removes messages of one conversation as if they had never been', async () => {
      const [kept, gone] = [await append(one, 'kept'), await append(one, 'gone')]
      expect(await two.remove(newId(), [gone.message_id])).toBe(0)
      expect(await two.remove(talk, [gone.message_id, newId()])).toBe(1)
      expect(await two.remove(talk, [])).toBe(0)
      expect(await one.page(talk, { limit: 5 })).toEqual([kept])
      expect(await one.find(talk, ana, gone.client_message_id ?? '')).toBeUndefined()
      const next = await append(two, 'next')
      expect(next.message_id > gone.message_id).toBe(true)
    })

    it('carries any text, and many messages at once', async () => {
      const text = `"quotes" \\ {braces} 👩‍👩‍👧 ${'x'.repeat(10_000)}`
      expect((await append(one, text)).content).toEqual({ text })
      const many = await Promise.all(
        Array.from({ length: 250 }, (_, n) => append(one, `${n}`, { conversation_id: newId() })),
      )
      expect(new Set(idsOf(many)).size).toBe(250)
      await one.ping()
    })
  })
}
