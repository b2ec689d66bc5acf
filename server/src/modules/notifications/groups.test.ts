import {
  commentSubject,
  type NotificationId,
  type NotificationType,
  postSubject,
  type UserId,
} from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../kit/ids.ts'
import { factOf } from '../notice.ts'
import type { DatedFact, GroupRow } from './group-store.ts'
import { joinGroups } from './groups.ts'

describe('what is told as one', () => {
  const me = newId<UserId>()
  const ids = new Map<string, string>()
  const idOf = <T extends string>(name: string): T => {
    const id = ids.get(name) ?? newId()
    ids.set(name, id)
    return id as T
  }
  const start = Date.parse('2026-01-01T12:00:00Z')
  /** `ana likes p1 at 3`: minutes after the start. */
  function factOfText(text: string): DatedFact {
    const [actor = '', verb = '', thing = '', , minutes = '0'] = text.split(' ')
    const at = start + Number(minutes) * 60_000
    const types: Record<string, NotificationType> = {
      likes: 'like',
      mentions: 'mention',
      asks: 'follow_request',
    }
    const subject = verb === 'comments' ? commentSubject(idOf(thing), newId()) : postSubject(idOf(thing))
    return {
      ...factOf(types[verb] ?? 'comment', me, idOf(actor), subject),
      notification_id: newId<NotificationId>({ now: () => at }),
      created_at: new Date(at),
    }
  }
  /** Groups as lists of the texts in them, told one after the other or all at once. */
  function grouped(texts: readonly string[], atOnce: boolean): string[][] {
    let open: GroupRow[] = []
    const groups = new Map<NotificationId, string[]>()
    const facts = texts.map(factOfText)
    for (const some of atOnce ? [facts] : facts.map((fact) => [fact])) {
      const joined = joinGroups(some, open)
      open = [...new Map([...open, ...joined.groups].map((group) => [group.group_id, group])).values()]
      for (const [fact, group] of joined.groupOf)
        groups.set(group, [...(groups.get(group) ?? []), texts[facts.indexOf(fact)] ?? ''])
    }
    return [...groups.values()]
  }

  test.each<[string, string[][]]>([
    [
      'one thing, many members, however far apart',
      [['ana likes p1 at 0', 'ben likes p1 at 1', 'cai likes p1 at 900']],
    ],
    [
      'one member, many things, within five minutes',
      [['ana likes p1 at 0', 'ana likes p2 at 2', 'ana likes p3 at 6']],
    ],
    ['one member after a pause', [['ana likes p1 at 0'], ['ana likes p2 at 6']]],
    [
      'another member to one of several things',
      [['ana likes p1 at 0', 'ana likes p2 at 1'], ['ben likes p1 at 2']],
    ],
    [
      'comments on one photograph',
      [['ana comments p1 at 0', 'ben comments p1 at 1', 'ana comments p1 at 30']],
    ],
    ['likes and comments are two', [['ana likes p1 at 0'], ['ana comments p1 at 0']]],
    ['mentions are about their own text', [['ana mentions p1 at 0'], ['ana mentions p2 at 0']]],
    ['requests wait for their own answer', [['ana asks p1 at 0'], ['ben asks p1 at 0']]],
  ])('%s', (_, groups) => {
    const texts = groups.flat()
    for (const atOnce of [true, false])
      expect(grouped(texts, atOnce).map((one) => one.toSorted())).toEqual(groups.map((one) => one.toSorted()))
  })
})

describe('as members see it', () => {
  let system: TestSystem
  beforeAll(async () => {
    system = await startSystem()
  })
  afterAll(() => system[Symbol.asyncDispose]())
  const unread = async (person: Person) => (await person.api.members.me()).unread_notifications
  const listed = async (person: Person) => {
    await system.settle()
    return person.notifications()
  }

  test('ana and 12 others liked your photo, whom the badge counts as one; who comes after it was read is news', async () => {
    const [author, ...fans] = await system.people(
      'grp.author',
      ...Array.from({ length: 13 }, (_, n) => `grp.fan${n}`),
    )
    const post = await author.share()
    await system.settle()
    for (const fan of fans) {
      system.clock.advance(200_000)
      await fan.like(post)
    }
    const [one, ...more] = await listed(author)
    expect(more).toEqual([])
    expect(one).toMatchObject({
      type: 'like',
      others_count: 12,
      things_count: 1,
      subject: postSubject(post.post_id),
      read: false,
    })
    expect([one?.actor, ...(one?.more_actors ?? [])].map((actor) => actor?.username)).toEqual([
      'grp.fan12',
      'grp.fan11',
      'grp.fan10',
    ])
    expect(await unread(author)).toBe(1)
    await author.api.notifications.markRead({ body: {} })
    const [late] = await system.people('grp.late')
    system.clock.advance(1000)
    await late.like(post)
    expect((await listed(author)).map(({ others_count, read }) => [others_count, read])).toEqual([
      [0, false],
      [12, true],
    ])
    // Each one who takes it back is one fewer; with the last the notice goes.
    for (const fan of fans.slice(1)) await fan.unlike(post)
    expect((await listed(author)).map(({ others_count }) => others_count)).toEqual([0, 0])
    await late.unlike(post)
    expect((await listed(author)).map(({ read }) => read)).toEqual([true])
    expect(await unread(author)).toBe(0)
  })

  test('one member who likes two hundred photographs is one notice', async () => {
    const [author, fan] = await system.people('grp.many', 'grp.keen')
    const posts = []
    for (let n = 0; n < 40; n++) posts.push(await author.share())
    await system.settle()
    for (const post of posts) {
      system.clock.advance(5000)
      await fan.like(post)
    }
    const notices = await listed(author)
    expect(notices.map(({ things_count, others_count }) => [things_count, others_count])).toEqual([[40, 0]])
    expect(await unread(author)).toBe(1)
  })

  test('whoever is hidden is not counted', async () => {
    const [author, ben, cai, dan] = await system.people('grp.host', 'grp.ben', 'grp.cai', 'grp.dan')
    const post = await author.share()
    await system.settle()
    for (const fan of [ben, cai, dan]) {
      system.clock.advance(1000)
      await fan.like(post)
    }
    await author.block(cai)
    const [one] = await listed(author)
    expect([one?.actor.username, one?.others_count, one?.more_actors.map((actor) => actor.username)]).toEqual(
      ['grp.dan', 1, ['grp.ben']],
    )
  })
})
