import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { code, friends, inbox, messages, open, read, send, talk, texts, unread } from './scene.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

let round = 0
async function group(name?: string) {
  round++
  const people = await system.people(`ana.${round}`, `ben.${round}`, `cleo.${round}`, `dan.${round}`)
  const [ana, ben, cleo, dan] = people
  await friends(...people)
  const usernames = [ben.username, cleo.username]
  const place = await ana.api.conversations.create({ body: { usernames, ...(name ? { name } : {}) } })
  await system.settle()
  return { ana, ben, cleo, dan, place, params: { conversation_id: place.conversation_id } }
}
const rolesOf = async (person: Person, place: Parameters<typeof open>[1]) =>
  (await open(person, place)).members.map(({ username, role }) => `${username.split('.')[0]} ${role}`)
const lines = async (person: Person, place: Parameters<typeof open>[1]) =>
  (await messages(person, place)).flatMap(({ system, user }) =>
    system ? [[system.event, system.actor?.username.split('.')[0], user]] : [],
  )

test('a group is in the lists of all before anything is said, and says itself who made it', async () => {
  const { ana, ben, place } = await group('Friends')
  expect(place).toMatchObject({ kind: 'group', name: 'Friends', viewer: { role: 'admin' } })
  expect(await rolesOf(ben, place)).toEqual(['ana admin', 'ben member', 'cleo member'])
  expect(await inbox(ben)).toMatchObject([
    { last_message: { kind: 'system', user: null, system: { event: 'created', name: 'Friends' } } },
  ])
  expect([await unread(ben), (await open(ana, place)).viewer.unread_count]).toEqual([0, 0])
  // With a name it is a group also of two.
  const two = await ana.api.conversations.create({ body: { usernames: [ben.username], name: 'Two' } })
  expect(two.kind).toBe('group')
  expect((await talk(ana, ben)).kind).toBe('direct')
})

test('asked for twice under one key, a group is made once', async () => {
  const { ana, ben, cleo } = await group()
  const make = () =>
    ana.api.conversations.create({
      body: { usernames: [ben.username, cleo.username] },
      headers: { 'idempotency-key': `group-${round}` },
    })
  expect((await make()).conversation_id).toBe((await make()).conversation_id)
})

test('only admins change a group; there is always one', async () => {
  const { ana, ben, cleo, dan, place, params } = await group()
  const { api } = ben
  const one = { ...params, username: cleo.username }
  for (const ask of [
    () => api.conversations.edit({ params, body: { name: 'Mine' } }),
    () => api.conversations.addMembers({ params, body: { usernames: [dan.username] } }),
    () => api.conversations.removeMember({ params: one }),
    () => api.conversations.makeAdmin({ params: one }),
    () => api.conversations.invite({ params }),
  ])
    await expect(ask()).rejects.toMatchObject(code('not_an_admin'))
  const direct = { conversation_id: (await talk(ana, ben)).conversation_id }
  await expect(ana.api.conversations.edit({ params: direct, body: { name: 'Us' } })).rejects.toMatchObject(
    code('not_a_group'),
  )
  await expect(ana.api.conversations.leave({ params: direct })).rejects.toMatchObject(code('not_a_group'))
  const self = { ...params, username: ana.username }
  await expect(ana.api.conversations.removeAdmin({ params: self })).rejects.toMatchObject(
    code('cannot_target_self'),
  )
  await ana.api.conversations.edit({ params, body: { name: 'Ours' } })
  await ana.api.conversations.makeAdmin({ params: { ...params, username: ben.username } })
  await ben.api.conversations.removeAdmin({ params: self })
  await ben.api.conversations.leave({ params })
  await system.settle()
  expect(await rolesOf(cleo, place)).toEqual(['ana admin', 'cleo member'])
  expect((await lines(cleo, place)).map(([event]) => event)).toEqual([
    'left',
    'made_admin',
    'renamed',
    'created',
  ])
})

test('who left or was removed is refused everything, and writes nothing that others see', async () => {
  const { ana, ben, cleo, place, params } = await group()
  const said = await send(ana, place, 'all of us')
  await ana.api.conversations.removeMember({ params: { ...params, username: ben.username } })
  await cleo.api.conversations.leave({ params })
  const message = { ...params, message_id: said.message_id }
  for (const { api, ...who } of [ben, cleo]) {
    const person = who as unknown as Person
    expect(person).toBeDefined()
    for (const ask of [
      () => api.conversations.get({ params }),
      () => api.messages.list({ params }),
      () => api.messages.send({ params, body: { client_message_id: 'after-all', text: 'hey' } }),
      () => api.messages.react({ params: message, body: { emoji: '👍' } }),
      () => api.messages.edit({ params: message, body: { text: 'x' } }),
      () => api.conversations.leave({ params }),
      () => api.conversations.markRead({ params, body: { up_to: said.message_id } }),
    ])
      await expect(ask()).rejects.toMatchObject(code('not_found'))
  }
  expect(await inbox(ben)).toEqual([])
  expect(texts(await messages(ana, place)).filter(Boolean)).toEqual(['all of us'])
})

test('a message that is sent while its sender is removed is there for all or for nobody', async () => {
  const { ana, ben, cleo, place, params } = await group()
  const sends = Array.from({ length: 20 }, (_, n) => send(ben, place, `${n}`))
  const removing = ana.api.conversations.removeMember({ params: { ...params, username: ben.username } })
  const results = await Promise.allSettled([...sends, removing])
  const acknowledged = results.flatMap((one) =>
    one.status === 'fulfilled' && 'message_id' in one.value ? [one.value.body] : [],
  )
  for (const one of results)
    if (one.status === 'rejected') expect(one.reason).toMatchObject(code('not_found'))
  await system.settle()
  const seen = texts(await messages(cleo, place)).filter((text) => text !== null)
  expect(seen.toSorted()).toEqual(acknowledged.toSorted())
})

test('by an invitation one joins, and sees what is said from then on', async () => {
  const { ana, ben, dan, place, params } = await group('Open')
  await send(ana, place, 'before')
  const first = await ana.api.conversations.invite({ params })
  const { code: invite } = await ana.api.conversations.invite({ params })
  const by = (code: string) => ({ params: { code } })
  await expect(dan.api.conversations.invitation(by(first.code))).rejects.toMatchObject(code('not_found'))
  expect(await dan.api.conversations.invitation(by(invite))).toMatchObject({
    name: 'Open',
    members_count: 3,
    conversation_id: null,
  })
  expect([(await open(ana, place)).invite_code, (await open(ben, place)).invite_code]).toEqual([invite, null])
  const joined = await Promise.all([
    dan.api.conversations.join(by(invite)),
    dan.api.conversations.join(by(invite)),
  ])
  expect(joined[0]).toMatchObject({ conversation_id: place.conversation_id, viewer: { status: 'accepted' } })
  await system.settle()
  await send(ana, place, 'after')
  expect(await lines(dan, place)).toEqual([['joined', 'dan', null]])
  expect(texts(await messages(dan, place))).toEqual(['after', null])
  expect(await unread(dan)).toBe(1)
  const before = (await messages(ana, place)).find((one) => one.body === 'before')
  await expect(
    dan.api.messages.get({ params: { ...params, message_id: before?.message_id as never } }),
  ).rejects.toMatchObject(code('not_found'))
  await ana.api.conversations.uninvite({ params })
  await expect(dan.api.conversations.invitation(by(invite))).rejects.toMatchObject(code('not_found'))
  await dan.api.conversations.leave({ params })
  await expect(dan.api.conversations.join(by(invite))).rejects.toMatchObject(code('not_found'))
})

test('a group holds 32, however many come at once', async () => {
  const { ana, ben, place, params } = await group()
  const names = Array.from({ length: 27 }, (_, n) => `m${n}.${round}`)
  const crowd: readonly Person[] = await system.people(...names)
  const usernames = crowd.map(({ username }) => username)
  await ana.api.conversations.addMembers({ params, body: { usernames: [...usernames, ben.username] } })
  const { code: invite } = await ana.api.conversations.invite({ params })
  const late: readonly Person[] = await system.people(`x.${round}`, `y.${round}`, `z.${round}`)
  const results = await Promise.allSettled(
    late.map(({ api }) => api.conversations.join({ params: { code: invite } })),
  )
  expect(results.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: code('group_full') },
  ])
  expect((await open(ana, place)).members).toHaveLength(32)
})

test('whom one blocks is hidden in a group, and nothing of theirs is counted', async () => {
  const { ana, ben, cleo, place } = await group()
  await send(ana, place, 'from ana')
  for (const text of ['one', 'two']) await send(cleo, place, text)
  expect(await unread(ben)).toBe(1)
  await ben.block(cleo)
  await system.settle()
  expect((await open(ben, place)).viewer.unread_count).toBe(1)
  expect(await inbox(ben)).toMatchObject([{ last_message: { body: 'from ana' } }])
  expect(texts(await messages(ben, place)).filter(Boolean)).toEqual(['from ana'])
  expect(await rolesOf(ben, place)).toEqual(['ana admin', 'ben member'])
  expect(texts(await messages(ana, place)).filter(Boolean)).toEqual(['two', 'one', 'from ana'])
  await read(ben, (await messages(ben, place))[0] as never)
  expect(await unread(ben)).toBe(0)
  await send(cleo, place, 'three')
  expect([await unread(ben), await unread(ana)]).toEqual([0, 1])
  const sent = await send(ben, place, 'hello')
  await cleo.api.graph.unfollow({ params: ana })
  await ana.api.messages.react({ params: { ...sent }, body: { emoji: '🔥' } })
  expect(texts(await messages(cleo, place))).not.toContain('hello')
})

test('who does not follow whoever adds them is asked first', async () => {
  const { ana, place, params } = await group()
  const [eve, fay] = await system.people(`eve.${round}`, `fay.${round}`)
  await ana.api.conversations.addMembers({ params, body: { usernames: [eve.username] } })
  await send(ana, place, 'welcome')
  expect(await inbox(eve)).toEqual([])
  expect(await inbox(eve, 'requests')).toMatchObject([{ viewer: { status: 'request' } }])
  const settings = await fay.api.messages.settings()
  await fay.api.messages.changeSettings({ body: { ...settings, accept_from: 'following' } })
  await expect(
    ana.api.conversations.addMembers({ params, body: { usernames: [fay.username] } }),
  ).rejects.toMatchObject(code('cannot_message'))
})

test('the picture of a group is for who is in it', async () => {
  const { ana, ben, params, place } = await group()
  const [picture_upload_id] = await ana.upload([await photo(5)])
  await ana.api.conversations.edit({ params, body: { picture_upload_id: picture_upload_id ?? null } })
  await system.settle()
  const { picture } = await open(ben, place)
  const status = async (url: string) => (await fetch(new URL(url, system.baseUrl))).status
  expect(await status(picture ?? '/nothing')).toBe(200)
  await ana.api.conversations.removeMember({ params: { ...params, username: ben.username } })
  expect(await status(picture ?? '')).toBe(404)
  const { picture: own } = await open(ana, place)
  await ana.api.conversations.edit({ params, body: { picture_upload_id: null } })
  expect([(await open(ana, place)).picture, await status(own ?? '')]).toEqual([null, 404])
})
