import type { MediaId, UploadId } from '@tintype/contract'
import { memberSubject } from '@tintype/contract'
import type { Person } from '@tintype/testkit/person'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../kit/ids.ts'
import { type AccountsProcess, startAccounts } from '../accounts/accounts.suite.ts'

let users: AccountsProcess
let second: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
  second = await startAccounts({ beside: users })
  await users.register('first')
})
afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await users[Symbol.asyncDispose]()
})

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
const visit = (username: string, at = users) => at.visitor().api.members.profile({ params: { username } })
const told = (type: string, id: string) =>
  users.events.filter(
    (event) => event.type === type && 'user_id' in event.payload && event.payload.user_id === id,
  )

async function until<T>(read: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const value = await read()
    if (isRight(value)) return value
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)} after ten seconds`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('a profile', () => {
  it('changes where asked, and for everybody', async () => {
    const ana = await users.register('ana')
    await visit('ana', second)
    const me = await ana.api.members.update({
      body: { full_name: 'Ana\n Lima', bio: 'Line one\r\n\r\n\r\n\r\nline two  ', link: 'example.org/ana' },
    })
    const changed = { full_name: 'Ana Lima', bio: 'Line one\n\nline two', link: 'https://example.org/ana' }
    expect(me).toMatchObject({ ...changed, username: 'ana' })
    expect(await visit('ANA')).toMatchObject({ ...changed, is_self: false, can_view_content: true })
    await until(
      () => visit('ana', second),
      (profile) => profile.full_name === 'Ana Lima',
    )
    expect(told('user.updated', ana.id)).toHaveLength(1)
    await ana.api.members.update({ body: { full_name: 'Ana Lima' } })
    expect(told('user.updated', ana.id)).toHaveLength(1)
    expect((await ana.api.members.update({ body: { link: null } })).link).toBeNull()
  })

  it('changes by name for the member of that name alone', async () => {
    const mina = await users.register('mina')
    await users.register('toma')
    const change = (username: string) =>
      mina.api.members.updateByName({ params: { username }, body: { full_name: `As ${username}` } })
    expect(await change('Mina')).toMatchObject({ username: 'mina', full_name: 'As Mina' })
    for (const other of ['toma', 'nobody', 'x'])
      await expect(change(other)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await visit('toma')).toMatchObject({ full_name: expect.not.stringContaining('As') })
  })

  it.each(['javascript:alert(1)', 'https://', 'ftp://example.org', 'https://a:b@example.org', 'word'])(
    'takes no link like %s',
    async (link) => {
      const ben = await users.register(`ben${Math.random().toString(36).slice(2, 8)}`)
      expect(await code(ben.api.members.update({ body: { link } }))).toBe('validation_failed')
    },
  )

  it('of nobody, of the deleted and of those who block look alike', async () => {
    const [cleo, dag] = [await users.register('cleo'), await users.register('dag')]
    users.world.hidden.add(cleo.id)
    await dag.leave()
    const replies = await Promise.all(
      ['cleo', 'dag', 'never.was'].map(async (username) => {
        const reply = await fetch(`${users.baseUrl}/api/v1/users/${username}`)
        const { error } = (await reply.json()) as { error: { request_id?: string } }
        delete error.request_id
        return [reply.status, error]
      }),
    )
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
    expect(replies[0]?.[0]).toBe(404)
    users.world.hidden.delete(cleo.id)
  })

  it('of a private account shows its head alone', async () => {
    const ella = await users.register('ella')
    users.world.locked.add(ella.id)
    expect(await visit('ella')).toMatchObject({ username: 'ella', can_view_content: false })
    expect(await ella.api.members.profile({ params: { username: 'ella' } })).toMatchObject({
      is_self: true,
      can_view_content: true,
      viewer: null,
    })
  })
})

describe('privacy', () => {
  it('is told once, at once, and makes the media addresses given out worthless', async () => {
    const fred = await users.register('fred')
    const flags = async (at: AccountsProcess) => (await at.members.privacyFlags([fred.id])).get(fred.id)
    expect(await flags(second)).toMatchObject({ is_private: false, media_epoch: 0 })
    await fred.goPrivate()
    await fred.goPrivate()
    expect(await flags(users)).toMatchObject({ is_private: true, media_epoch: 1 })
    await until(
      () => flags(second),
      (found) => found?.media_epoch === 1 && found.is_private,
    )
    expect(told('user.privacy_changed', fred.id)).toHaveLength(1)
    expect(told('user.updated', fred.id)).toHaveLength(0)
    await fred.goPublic()
    expect(await flags(users)).toMatchObject({ is_private: false, media_epoch: 1 })
  })

  it('takes the addresses from whom a private member shuts out, and from nobody else', async () => {
    const [gil, hans] = [await users.register('gil'), await users.register('hans')]
    await gil.goPrivate()
    users.events.push(
      { type: 'user.blocked', payload: { blocker_id: gil.id, blocked_id: hans.id } },
      { type: 'user.follower_removed', payload: { follower_id: hans.id, followee_id: gil.id } },
      { type: 'user.follower_removed', payload: { follower_id: gil.id, followee_id: hans.id } },
    )
    await users.settle()
    const flags = await users.members.privacyFlags([gil.id, hans.id])
    expect([flags.get(gil.id)?.media_epoch, flags.get(hans.id)?.media_epoch]).toEqual([3, 0])
  })
})

describe('a username', () => {
  it('changes, is found under the new name at once, and the old one is held for its member', async () => {
    const [iris, jack] = [await users.register('iris'), await users.register('jack')]
    await visit('iris', second)
    const rename = (person: Person, username: string) => person.api.members.update({ body: { username } })
    await rename(iris, 'Iris.New')
    expect((await visit('iris.new')).user_id).toBe(iris.id)
    await until(
      async () => (await visit('iris', second)).username,
      (username) => username === 'iris.new',
    )
    expect(await code(rename(jack, 'iris'))).toBe('username_taken')
    await rename(iris, 'iris')
    await rename(iris, 'iris.new')
    users.clock.advance(14 * 86_400_000)
    await jack.logIn()
    await rename(jack, 'iris')
    expect((await visit('iris')).user_id).toBe(jack.id)
    expect(await code(rename(jack, 'iris.new'))).toBe('username_taken')
  })

  it('given up is held for three names at most', async () => {
    const kurt = await users.register('kurt')
    for (const username of ['kurt.b', 'kurt.c', 'kurt.d', 'kurt.e'])
      await kurt.api.members.update({ body: { username } })
    const other = await users.register('kurts.friend')
    const taken = async (username: string) => code(other.api.members.update({ body: { username } }))
    expect(await taken('kurt.b')).toBe('username_taken')
    expect(await taken('kurt')).toBe('fine')
  })

  it('wanted by two at once goes to one', async () => {
    const people = [await users.register('lou'), await users.register('max'), await users.register('ned')]
    const outcomes = await Promise.all(
      people.map((person) => code(person.api.members.update({ body: { username: 'gold' } }))),
    )
    expect(outcomes.sort()).toEqual(['fine', 'username_taken', 'username_taken'])
  })
})

describe('an avatar', () => {
  const upload = () => newId<UploadId>()
  const uploaded = (): MediaId => {
    const ids = users.events.flatMap((event) =>
      event.type === 'media.uploaded' ? event.payload.media_ids : [],
    )
    return ids.at(-1) as MediaId
  }

  it('shows once it is ready; then the one before is given back', async () => {
    const pam = await users.register('pam')
    const subject = memberSubject(pam.id)
    const finish = async (type: 'media.ready' | 'media.failed', id: MediaId) => {
      if (type === 'media.ready') users.world.ready.add(id)
      users.events.push(
        type === 'media.ready'
          ? { type, payload: { media_ids: [id], subject, owner_id: pam.id } }
          : { type, payload: { media_ids: [id], subject, owner_id: pam.id, code: 'media_corrupt' } },
      )
      await users.settle()
      return (await pam.api.members.me()).profile_picture
    }
    expect(
      (await pam.api.members.update({ body: { avatar_upload_id: upload() } })).profile_picture,
    ).toBeNull()
    const first = uploaded()
    expect(await finish('media.ready', first)).toContain(first)

    await pam.api.members.update({ body: { avatar_upload_id: upload() } })
    const broken = uploaded()
    expect(await finish('media.failed', broken)).toContain(first)
    expect(users.world.released).toEqual([broken])

    await pam.api.members.update({ body: { avatar_upload_id: upload() } })
    const third = uploaded()
    expect(await finish('media.ready', third)).toContain(third)
    expect(await finish('media.ready', third)).toContain(third)
    expect(users.world.released).toEqual([broken, first])

    expect((await pam.api.members.update({ body: { avatar_upload_id: null } })).profile_picture).toBeNull()
    expect(users.world.released).toEqual([broken, first, third])
  })
})
