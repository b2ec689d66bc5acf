import { API_PREFIX, operations, type RouteSpec } from '@tintype/contract'
import { Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { SoftwareAuthenticator } from '@tintype/testkit/authenticator'
import { shortClip } from '@tintype/testkit/media/reels'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

/**
 * What may not be seen answers like what is not there: over every route of the contract that names a member, a post, a comment or a
 * picture, with the same status, headers and body, and after as many questions to the database.
 */
const never = '01890000-0000-7000-8000-000000000000'
let system: TestSystem
/** A process that does nothing but answer, so that what it asks of the database is asked for the answer. */
let asked: TestSystem
let viewer: Person
/** What stands behind each parameter that is there, hidden from the viewer; and what is not there. */
let hidden: Record<string, string>
const absent: Record<string, string> = {
  username: 'nobody.at.all',
  post_id: never,
  comment_id: never,
  media_id: never,
  upload_id: never,
  session_id: never,
  passkey_id: never,
  story_id: never,
  highlight_id: never,
  collection_id: never,
  sound_id: never,
  place: 'nowhere at all',
  sticker: '0',
  conversation_id: never,
  message_id: never,
  code: 'nobody-was-given-it',
  recent_id: never,
  act_id: never,
  ban_id: never,
  rule_id: never,
  export_id: never,
  import_id: never,
  app_id: never,
  token_id: never,
  kind: 'post',
  subject_id: never,
  live_id: never,
  live_comment_id: never,
  scheduled_id: never,
  link_id: never,
  announcement_id: never,
  circle_id: never,
}

beforeAll(async () => {
  system = await startSystem()
  const [first, other, fan] = await system.people('first.member', 'blocks.them', 'is.blocked')
  viewer = fan
  const tiny = () => photo(1, { width: 32, height: 32, format: 'png' })
  const post = await other.share({ photos: [await tiny()], location: { name: 'The cove' } })
  const reel = await other.share({ photos: [await shortClip()], reel: { share_sound: true } })
  await system.settle()
  const story = await other.story({ photo: await tiny() })
  await system.settle()
  const body = { title: 'Kept', story_ids: [story.story_id] }
  const highlight = await other.api.highlights.create({ body })
  const { post_id } = post
  const collection = await other.api.collections.create({ body: { name: 'Kept', post_id } })
  const comment = await other.comment(post, 'a word')
  const [upload_id = ''] = await other.upload([await tiny()])
  const [session] = await other.api.accounts.sessions()
  const [media] = (await other.post(post.post_id)).media
  const group = await other.api.conversations.create({ body: { usernames: [first.username], name: 'Two' } })
  const { conversation_id } = group
  const message = await other.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: 'between-two', text: 'hi' },
  })
  const { live_id } = await other.api.live.create({ body: { audience: 'public' } })
  const scheduled = await other.api.scheduled.create({
    body: {
      upload_ids: await other.upload([await tiny()]),
      publish_at: new Date(system.clock.now() + 3_600_000).toISOString(),
    },
  })
  const { link_id } = await other.api.links.create({ params: { post_id }, body: {} })
  const device = new SoftwareAuthenticator('http://localhost')
  const passkey = device.create((await other.api.factors.newPasskey()) as never)
  const { passkey_id } = await other.api.factors.addPasskey({ body: { name: 'Key', passkey } })
  const { code } = await other.api.conversations.invite({ params: group })
  await other.api.conversations.uninvite({ params: group })
  await first.api.moderation.actOnMember({ params: other, body: { act: 'warn', rule: 'other' } })
  const ban = { kind: 'email_domain', value: 'spam.example' } as const
  const { ban_id } = await first.api.moderation.ban({ body: ban })
  const rule = { list: 'deny', range: '203.0.113.0/24' } as const
  const { rule_id } = await first.api.security.addAddress({ body: rule })
  const { circle_id } = await other.api.circles.create({ body: { name: 'Close' } })
  const { announcement_id } = await first.api.announcements.make({ body: { text: 'News' } })
  const { export_id } = await other.api.exports.create()
  const { import: brought } = await other.api.imports.create({ body: { size: 10 } })
  const scopes = ['read' as const]
  const wish = { name: 'Printer', website: null, redirect_uris: [], scopes, confidential: true }
  const { app } = await other.api.developer.register({ body: wish })
  const { token_id } = await other.api.developer.createToken({ body: { name: 'Mine', scopes, days: 1 } })
  await fan.prove()
  await fan.follow(other)
  await other.block(fan)
  await system.settle()
  await other.api.search.addRecent({ body: { q: 'fog' } })
  const [recent] = await other.api.search.recents()
  hidden = {
    username: other.username,
    post_id: post.post_id,
    comment_id: comment.comment_id,
    media_id: media?.media_id ?? '',
    upload_id,
    session_id: session?.session_id ?? '',
    passkey_id,
    story_id: story.story_id,
    highlight_id: highlight.highlight_id,
    collection_id: collection.collection_id,
    sound_id: reel.post_id,
    place: 'The cove',
    sticker: '0',
    conversation_id,
    message_id: message.message_id,
    code,
    recent_id: recent?.recent_id ?? '',
    act_id: (await first.api.moderation.member({ params: other })).acts[0]?.act_id ?? '',
    ban_id,
    rule_id,
    export_id,
    import_id: brought.import_id,
    app_id: app.app_id,
    token_id,
    kind: 'post',
    subject_id: post.post_id,
    live_id,
    live_comment_id: never,
    scheduled_id: scheduled.scheduled_id,
    link_id,
    announcement_id,
    circle_id,
  }
  asked = await startSystem({ beside: system, env: { ROLES: 'api' } })
})
afterAll(async () => {
  await asked[Symbol.asyncDispose]()
  await system[Symbol.asyncDispose]()
})

/** Bodies of routes that need one. */
const bodies: Record<string, unknown> = {
  'factors.renamePasskey': { name: 'Mine now' },
  'posts.edit': { caption: 'mine now' },
  'scheduled.edit': { caption: 'mine now' },
  'developer.change': { name: 'Mine now', website: null, redirect_uris: [], scopes: ['read'] },
  'comments.create': { text: 'hello' },
  'photoTags.set': { people: [] },
  'stories.react': { emoji: '❤️' },
  'stories.answer': { choice: 0 },
  'media.setCaptions': { text: 'WEBVTT\n\n00:00.000 --> 00:01.000\nhello', language: 'en' },
  'live.update': { slow_seconds: 5 },
  'live.keep': {},
  'live.comment': { text: 'hello' },
  'live.pin': { live_comment_id: null },
  'circles.rename': { name: 'Mine now' },
  'highlights.edit': { title: 'Mine now' },
  'collections.rename': { name: 'Mine now' },
  'conversations.edit': { name: 'Mine now' },
  'conversations.set': { muted: true },
  'conversations.addMembers': { usernames: ['first.member'] },
  'conversations.markRead': { up_to: never },
  'messages.send': { client_message_id: 'hello-there', text: 'hello' },
  'messages.edit': { text: 'mine now' },
  'messages.react': { emoji: '❤️' },
  'reports.appeal': { text: 'again' },
  'messages.replyToStory': { client_message_id: 'hello-there', text: 'hello' },
}
const named = Object.entries(operations).filter(([, { path }]) => /\{(?!tag)/.test(path))

async function answerTo(name: string, { method, path }: RouteSpec, things: Record<string, string>) {
  const url = path.replace(/\{(\w+)\}/g, (_, param) => {
    const thing = things[param]
    if (!thing) throw new Error(`${name}: nothing stands for {${param}} here`)
    return thing
  })
  const body = bodies[name]
  const reply = await fetch(asked.baseUrl + API_PREFIX + url, {
    method,
    headers: {
      authorization: `Bearer ${viewer.session.access_token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const { error, ...rest } = (await reply.json()) as { error: { request_id: string } }
  const headers = [...reply.headers.keys()].filter((key) => key !== 'date' && key !== 'keep-alive')
  return { status: reply.status, headers, body: { ...rest, error: { ...error, request_id: '' } } }
}

/** How many statements a work sends. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  const sending = vi.spyOn(Object.getPrototypeOf(asked.engines.db.query.getExecutor()), 'executeQuery')
  await work()
  const { length } = sending.mock.calls
  sending.mockRestore()
  return length
}

test('what is asked of the database is counted', async () => {
  const there = new Person(asked.baseUrl, viewer.username, viewer.session)
  expect(await statements(() => there.api.members.me())).toBeGreaterThan(0)
})

describe.each(named)('%s', (name, spec) => {
  test('answers alike', async () => {
    const answer = await answerTo(name, spec, hidden)
    // Somebody else's account is refused by its address alone, whoever has the name; and
    // what is for those with a role before anything is looked for.
    expect(answer.status).toBe(
      name === 'members.updateByName' || spec.role || spec.access === 'owner' ? 403 : 404,
    )
    expect(answer).toEqual(await answerTo(name, spec, absent))
  })

  test('asks as much', async () => {
    // Again where the caches were empty.
    await vi.waitFor(async () => {
      const ofHidden = await statements(() => answerTo(name, spec, hidden))
      expect(await statements(() => answerTo(name, spec, absent))).toBe(ofHidden)
    })
  })
})

test('a name that was nobody’s a moment ago is found at once, in the process where nobody was found and beside it', async () => {
  await using second = await startSystem({ beside: system })
  const there = new Person(second.baseUrl, viewer.username, viewer.session)
  const ask = (person: Person, username: string) =>
    person.api.members.profile({ params: { username } }).then(
      () => 'found',
      (error) => error.code,
    )
  for (const person of [viewer, there]) expect(await ask(person, 'late.comer')).toBe('not_found')
  const [late] = await system.people('late.comer')
  expect(await ask(viewer, 'late.comer')).toBe('found')
  await vi.waitFor(async () => expect(await ask(there, 'late.comer')).toBe('found'))
  for (const person of [viewer, there]) expect(await ask(person, 'late.comer.2')).toBe('not_found')
  await late.api.members.update({ body: { username: 'late.comer.2' } })
  expect(await ask(viewer, 'late.comer.2')).toBe('found')
  await vi.waitFor(async () => expect(await ask(there, 'late.comer.2')).toBe('found'))
})

test('blocking twice, unblocking, and taking back a block of who blocks one too', async () => {
  const [ana, ben] = await system.people('ana.blocks', 'ben.blocks')
  await ana.block(ben)
  await ben.api.graph.block({ params: ana }).catch((error) => expect(error.code).toBe('not_found'))
  await ana.block(ben)
  expect(await ana.api.graph.unblock({ params: ben })).toMatchObject({ blocking: false })
  expect(await ana.api.graph.unblock({ params: ben })).toMatchObject({ blocking: false })
  expect(await ben.block(ana)).toMatchObject({ blocking: true })
})
