import { operations, type PostId, type RouteSpec } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act, code, paramsOf, report, runSchedules, staff, tiny } from './scene.suite.ts'

let system: TestSystem
let [owner, admin, mod, other] = [] as unknown as [Person, Person, Person, Person]
beforeAll(async () => {
  system = await startSystem()
  ;[owner, admin, mod, other] = await system.people('olga', 'adam', 'mona', 'otto')
  await staff(owner, { admin, moderator: mod, moderator2: other })
}, 60_000)
afterAll(() => system[Symbol.asyncDispose]())

const queue = (state: 'open' | 'closed' = 'open') =>
  mod.api.moderation.cases({ query: { state, limit: 50 } }).then(({ items }) => items)
const thingOf = (post: { post_id: PostId }) => ({ kind: 'post' as const, id: post.post_id })
const shared = async (person: Person, caption = 'mine') => {
  const post = await person.share({ caption, photos: [await tiny()] })
  await system.settle()
  return post
}

describe('reports', () => {
  it('of what one sees come to the queue once, grouped by thing; what one may not see does not exist', async () => {
    const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
    const post = await shared(ana, 'look at this')
    const comment = await ana.comment(post, 'first')
    const story = await ana.story({ photo: await tiny(), audience: 'close_friends' })
    await system.settle()
    const never = '01890000-0000-7000-8000-000000000000'
    // Both at once, and again.
    await Promise.all([report(ben, thingOf(post)), report(ben, thingOf(post))])
    await report(ben, thingOf(post), 'hate')
    await report(cleo, thingOf(post), 'hate')
    await report(ben, { kind: 'comment', id: comment.comment_id, partition: post.post_id })
    const refused: [string, Parameters<typeof report>[1]][] = [
      ['a story for others', { kind: 'story', id: story.story_id }],
      ['what is not there', { kind: 'post', id: never }],
      ['a comment under another post', { kind: 'comment', id: comment.comment_id, partition: never }],
    ]
    for (const [what, thing] of refused)
      expect([what, await code(report(ben, thing))]).toEqual([what, 'not_found'])
    expect(await code(report(ana, thingOf(post)))).toBe('forbidden')
    expect(
      (await queue()).map(({ kind, reports_count, reasons, excerpt }) => ({
        kind,
        reports_count,
        reasons,
        excerpt,
      })),
    ).toEqual([
      { kind: 'comment', reports_count: 1, reasons: [{ reason: 'spam', count: 1 }], excerpt: 'first' },
      {
        kind: 'post',
        reports_count: 2,
        reasons: [
          { reason: 'hate', count: 1 },
          { reason: 'spam', count: 1 },
        ],
        excerpt: 'look at this',
      },
    ])
    const mine = await mod.api.moderation.assign({ params: paramsOf(thingOf(post)), body: { mine: true } })
    expect(mine.assignee?.username).toBe('mona')
    expect((await mod.api.moderation.cases({ query: { mine: true } })).items).toHaveLength(1)
    const cases = (await queue()).map(({ kind, subject_id }) => ({ kind, subject_id }))
    expect(await mod.api.moderation.dismiss({ body: { cases } })).toEqual({ dismissed: 2 })
    expect(await mod.api.moderation.dismiss({ body: { cases } })).toEqual({ dismissed: 0 })
    expect(await queue()).toEqual([])
    // A new report opens it again.
    await report(ben, thingOf(post))
    expect(await queue()).toMatchObject([{ kind: 'post', reports_count: 1, assignee: null }])
    await mod.api.moderation.dismiss({ body: { cases } })
  })

  it('of a message bring what the reporter hands over, and nothing else', async () => {
    const [ana, ben] = await system.people('ana.writes', 'ben.reads')
    const { conversation_id } = await ana.api.conversations.create({ body: { usernames: ['ben.reads'] } })
    const params = { conversation_id }
    const said = []
    for (const text of ['one', 'two', 'three'])
      said.push(await ana.api.messages.send({ params, body: { client_message_id: `message-${text}`, text } }))
    const message_id = said[1]?.message_id ?? ''
    const thing = { kind: 'message' as const, id: message_id, partition: conversation_id }
    const whole = () => mod.api.moderation.case({ params: paramsOf(thing) })
    expect(await code(report(admin, thing))).toBe('not_found')
    await report(ben, thing)
    expect(await whole()).toMatchObject({ now: null, excerpt: '', reports: [{ copy: [] }] })
    await mod.api.moderation.dismiss({ body: { cases: [paramsOf(thing)] } })
    await ben.api.reports.create({ body: { ...thing, reason: 'harassment', with_copy: true } })
    // Though it is taken back.
    await ana.api.messages.unsend({ params: { ...params, message_id: message_id as never } })
    const [newest] = (await whole()).reports
    expect(newest?.copy.map(({ text, reported, sender }) => [text, reported, sender?.username])).toEqual([
      ['one', false, 'ana.writes'],
      ['two', true, 'ana.writes'],
      ['three', false, 'ana.writes'],
    ])
    expect(await code(act(mod, thing, 'remove'))).toBe('act_impossible')
    await act(mod, thing, 'warn')
    await ana.leave()
    await system.settle()
    expect(await code(whole())).toBe('not_found')
  })
})

describe('what is removed', () => {
  /** Each kind of content: how to report it, and who finds it. */
  const kinds = {
    post: async (ana: Person) => {
      const post = await shared(ana, `#gone${ana.username.replaceAll('.', '')}`)
      const tag = `gone${ana.username.replaceAll('.', '')}`
      const seen = async (one: Person) =>
        [
          await code(one.post(post.post_id)),
          (await one.api.feed.hashtag({ params: { tag } })).items.length,
          (await one.home()).includes(post.post_id),
          (await one.api.search.find({ query: { q: tag, type: 'posts' } })).items.length,
        ].join()
      return { thing: thingOf(post), seen, own: async () => (await ana.post(post.post_id)).status }
    },
    comment: async (ana: Person, fan: Person) => {
      const post = await shared(fan)
      const comment = await ana.comment(post, 'rude')
      const list = (one: Person) => one.api.comments.list({ params: post })
      const seen = async (one: Person) => String((await list(one)).items.length)
      const own = async () => String((await list(ana)).items[0]?.removed ?? 'published')
      return {
        thing: { kind: 'comment' as const, id: comment.comment_id, partition: post.post_id },
        seen,
        own: async () => ((await own()) === 'true' ? 'removed' : 'published'),
      }
    },
    story: async (ana: Person) => {
      const story = await ana.story({ photo: await tiny() })
      await system.settle()
      const seen = async (one: Person) =>
        [
          await code(one.api.stories.get({ params: story })),
          (await one.tray()).some(({ user }) => user.username === ana.username),
        ].join()
      const own = async () => (await ana.api.stories.get({ params: story })).status
      return { thing: { kind: 'story' as const, id: story.story_id }, seen, own }
    },
  }

  it.each(Object.entries(kinds))(
    'a %s leaves every list, is its author’s to see, and comes back on appeal',
    async (kind, make) => {
      const [ana, fan] = await system.people(`ana.${kind}`, `fan.${kind}`)
      await fan.follow(ana)
      await system.settle()
      const { thing, seen, own } = await make(ana, fan)
      await system.settle()
      const before = await seen(fan)
      await report(fan, thing)
      await act(mod, thing, 'remove')
      await system.settle()
      const after = await seen(fan)
      expect(after).not.toBe(before)
      expect(after).not.toMatch(/fine|true|1/)
      expect(await own()).toBe('removed')
      const [newest] = await ana.notifications()
      expect(newest).toMatchObject({ type: 'moderation', actor: { username: ana.username } })
      const status = await ana.api.reports.status()
      expect(status).toMatchObject({ strikes: 1, acts: [{ act: 'remove', rule: 'spam', may_appeal: true }] })
      expect(JSON.stringify(status)).not.toContain('mona')
      const act_id = status.acts[0]?.act_id as never
      const appeal = () => ana.api.reports.appeal({ params: { act_id }, body: { text: 'It was a joke' } })
      expect((await Promise.all([code(appeal()), code(appeal())])).toSorted()).toEqual([
        'appealed_already',
        'fine',
      ])
      expect(await code(fan.api.reports.appeal({ params: { act_id }, body: { text: 'me too' } }))).toBe(
        'not_found',
      )
      expect((await mod.api.moderation.appeals()).items).toMatchObject([
        { act_id, appeal: { text: 'It was a joke' } },
      ])
      const decide = (by: Person, granted: boolean) =>
        by.api.moderation.decideAppeal({ params: { act_id }, body: { granted, answer: 'Fair' } })
      expect(await code(decide(mod, true))).toBe('appeal_own_act')
      expect((await Promise.all([code(decide(other, true)), code(decide(admin, true))])).toSorted()).toEqual([
        'appeal_decided',
        'fine',
      ])
      await system.settle()
      expect(await seen(fan)).toBe(before)
      expect(await own()).toBe('published')
      expect(await ana.api.reports.status()).toMatchObject({ strikes: 0, acts: [{ may_appeal: false }] })
      const told = (await ana.notifications()).filter(({ type }) => type === 'moderation')
      expect(told).toHaveLength(2)
    },
  )

  it('is deleted for good once it was kept for long enough, unless somebody asks for another look', async () => {
    const [ana, fan] = await system.people('ana.keeps', 'fan.keeps')
    const posts = [await shared(ana), await shared(ana)]
    for (const post of posts) {
      await report(fan, thingOf(post))
      await act(mod, thingOf(post), 'remove')
    }
    const { acts } = await ana.api.reports.status()
    await ana.api.reports.appeal({ params: { act_id: acts[0]?.act_id as never }, body: { text: 'please' } })
    const settings = await mod.api.moderation.settings()
    await admin.api.moderation.changeSettings({ body: { ...settings, retention_days: 1 } })
    system.clock.advance(86_400_000)
    await runSchedules(system, ['moderation.kept'])
    for (const one of [ana, admin, mod, owner, other]) await one.logIn()
    const left = await Promise.all(posts.map((post) => code(ana.post(post.post_id))))
    expect(left).toEqual(['not_found', 'fine'])
    await admin.api.moderation.changeSettings({ body: settings })
  })
})

it('a post that is marked stays where it is, and says so', async () => {
  const [ana, fan] = await system.people('ana.marks', 'fan.marks')
  const post = await shared(ana)
  await report(fan, thingOf(post))
  await act(mod, thingOf(post), 'mark_sensitive')
  await system.settle()
  expect(await fan.post(post.post_id)).toMatchObject({ sensitive: true })
  // What goes elsewhere goes without its pictures.
  for (const path of [`/embed/${post.post_id}`, '/feed/users/ana.marks.atom']) {
    const page = await (await fetch(system.baseUrl + path)).text()
    expect(page).toContain(post.post_id)
    expect(page).not.toContain('/media/')
  }
  expect(await ana.api.reports.status()).toMatchObject({ strikes: 0, acts: [{ act: 'mark_sensitive' }] })
})

it('who is suspended is told at the log-in until when and why, and asks from there for another look', async () => {
  const [ana] = await system.people('ana.out')
  const suspend = () =>
    mod.api.moderation.actOnMember({
      params: { username: 'ana.out' },
      body: { act: 'suspend', rule: 'hate', message: 'Enough.', days: 7 },
    })
  // Two at once.
  expect((await Promise.all([code(suspend()), code(suspend())])).toSorted()).toEqual(['act_in_force', 'fine'])
  const refusal = await ana.logIn().catch((error) => error)
  expect(refusal).toMatchObject({
    code: 'account_suspended',
    details: { rule: 'hate', message: 'Enough.', appeal: 'possible' },
  })
  expect(Date.parse(refusal.details.until)).toBe(system.clock.now() + 7 * 86_400_000)
  const { ticket } = refusal.details
  const ask = (mine: string) =>
    code(system.visitor().api.accounts.appeal({ body: { ticket: mine, text: 'I am sorry' } }))
  expect(await ask(`${ticket.slice(0, -1)}x`)).toBe('link_invalid')
  expect([await ask(ticket), await ask(ticket)]).toEqual(['fine', 'appealed_already'])
  expect(await ana.logIn().catch((error) => error.details.appeal)).toBe('open')
  const { items } = await other.api.moderation.appeals()
  const found = items.find((one) => one.member?.username === 'ana.out')
  await other.api.moderation.decideAppeal({
    params: { act_id: found?.act_id as never },
    body: { granted: true },
  })
  await ana.logIn()
  expect(await code(ana.api.members.me())).toBe('fine')
})

describe('roles', () => {
  const guarded = Object.entries<RouteSpec>(operations).filter(([name]) => name.startsWith('moderation.'))
  it.each(guarded)('%s is for those whose role it names', async (_, spec) => {
    expect(spec.role).toBeDefined()
    const path = spec.path.replace(/\{(\w+)\}/g, (_whole, name) =>
      name === 'kind' ? 'post' : crypto.randomUUID(),
    )
    const ask = async (person: Person | undefined) => {
      const token = person?.session.access_token
      const { status } = await fetch(`${system.baseUrl}/api/v1${path}`, {
        method: spec.method,
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        ...(spec.method === 'GET' ? {} : { body: '{}' }),
      })
      return status
    }
    const [member] = await system.people(`none.${crypto.randomUUID().slice(0, 8)}`)
    expect(await ask(undefined)).toBe(401)
    expect(await ask(member)).toBe(403)
    const statuses = [await ask(mod), await ask(admin), await ask(owner)].map((status) => status === 403)
    // Whatever else is wrong with it; a proof that it is them may be asked for.
    if (!spec.stepUp) expect(statuses).toEqual([spec.role === 'admin', false, false])
  })

  it('are given by the owner, that of moderator by admins too; nobody acts on who has as much to say', async () => {
    const [ana] = await system.people('ana.role')
    const give = async (by: Person, to: Person, role: 'member' | 'moderator' | 'admin' | 'owner') => {
      await by.prove()
      return code(by.api.moderation.giveRole({ params: { username: to.username }, body: { role } }))
    }
    expect(await give(admin, ana, 'admin')).toBe('forbidden')
    expect(await give(admin, ana, 'moderator')).toBe('fine')
    // At once, in a session that was there before.
    expect(await code(ana.api.moderation.cases())).toBe('fine')
    expect(await give(owner, ana, 'admin')).toBe('fine')
    expect(await give(admin, ana, 'member')).toBe('forbidden')
    expect(await give(owner, ana, 'owner')).toBe('forbidden')
    expect(await give(owner, owner, 'member')).toBe('forbidden')
    expect(await give(owner, ana, 'moderator')).toBe('fine')
    const warn = (by: Person, of: Person) =>
      code(
        by.api.moderation.actOnMember({
          params: { username: of.username },
          body: { act: 'warn', rule: 'other' },
        }),
      )
    expect([await warn(ana, mod), await warn(ana, owner), await warn(ana, ana)]).toEqual(
      Array(3).fill('forbidden'),
    )
    expect(await warn(admin, ana)).toBe('fine')
    expect(await give(owner, ana, 'member')).toBe('fine')
    expect(await code(ana.api.moderation.cases())).toBe('forbidden')
  })
})

describe('the log', () => {
  it('has every act in its order, cannot be changed, and shows where somebody changed it all the same', async () => {
    const { items } = await mod.api.moderation.audit({ query: { limit: 50 } })
    expect(items.length).toBeGreaterThan(20)
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, at) => (items[0]?.seq ?? 0) - at))
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['give_role', 'lift_suspend', 'warn']),
    )
    const verified = await system.system.verifyAudit()
    expect(verified).toEqual({ entries: items[0]?.seq, head: items[0]?.hash })
    const db = system.engines.db.query
    await expect(sql`update moderation_audit set why = 'x'`.execute(db)).rejects.toThrow('only ever added to')
    await expect(sql`delete from moderation_audit`.execute(db)).rejects.toThrow('only ever added to')
    await expect(sql`truncate moderation_audit`.execute(db)).rejects.toThrow('only ever added to')
    const around = async (change: () => Promise<unknown>) => {
      await sql`alter table moderation_audit disable trigger user`.execute(db)
      await change()
      await sql`alter table moderation_audit enable trigger user`.execute(db)
      return (await system.system.verifyAudit()).broken
    }
    const [{ why: said } = { why: '' }] = (
      await sql<{ why: string }>`select why from moderation_audit where seq = 5`.execute(db)
    ).rows
    const changed = await around(() =>
      sql`update moderation_audit set why = 'hate' where seq = 5`.execute(db),
    )
    expect(changed).toEqual({ seq: 5, what: 'changed' })
    expect(await around(() => sql`update moderation_audit set why = ${said} where seq = 5`.execute(db))).toBe(
      undefined,
    )
    const missing = await around(() => sql`delete from moderation_audit where seq = 7`.execute(db))
    expect(missing).toEqual({ seq: 7, what: 'missing' })
    const moved = await around(() => sql`update moderation_audit set seq = 7 where seq = 8`.execute(db))
    expect(moved).toEqual({ seq: 7, what: 'moved' })
  })

  it('is one chain, though many act at once; and everybody may know how much there was', async () => {
    const people = await system.people('p1.many', 'p2.many', 'p3.many', 'p4.many')
    const before = (await mod.api.moderation.audit({ query: { limit: 1 } })).items[0]?.seq ?? 0
    await Promise.all(
      people.map((one) =>
        mod.api.moderation.actOnMember({ params: one, body: { act: 'warn', rule: 'other' } }),
      ),
    )
    const { items } = await mod.api.moderation.audit({ query: { limit: 4 } })
    expect(items.map(({ seq }) => seq - before)).toEqual([4, 3, 2, 1])
    const counts = await system.visitor().api.reports.transparency()
    expect(counts.acts.find(({ name }) => name === 'warn')?.count).toBeGreaterThanOrEqual(4)
    expect(counts.reports.length).toBeGreaterThan(0)
  })

  it('suggests more from strike to strike, and never acts by itself', async () => {
    const [ana] = await system.people('ana.strikes')
    const suggested = []
    for (let at = 0; at < 5; at++) {
      const { strikes } = await mod.api.moderation.actOnMember({
        params: ana,
        body: { act: 'warn', rule: 'spam' },
      })
      suggested.push(`${strikes.count} ${strikes.suggested}`)
    }
    expect(suggested).toEqual(['1 warn', '2 silence', '3 silence', '4 suspend', '5 suspend'])
    expect(await code(ana.api.members.me())).toBe('fine')
  })
})
