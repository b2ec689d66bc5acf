import { Person } from '@tintype/testkit/person'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startUsers, type UsersProcess } from './users.suite.ts'

let users: UsersProcess
beforeAll(async () => {
  users = await startUsers()
})
afterAll(() => users[Symbol.asyncDispose]())

describe('autocomplete', () => {
  it('finds by the beginning of the username and of any word of the name, without accents', async () => {
    const me = await users.register('seeker')
    const amelie = await users.register('amelie_p')
    await amelie.api.updateMe({ body: { full_name: 'Amélie Poulain-Øster 李雷' } })
    const find = async (q: string) =>
      (await me.api.findUsers({ query: { q } })).items.map(({ username }) => username)
    for (const q of ['am', '@AMELIE_', 'amélie', 'pou', 'øst', '李'])
      expect(await find(q)).toEqual(['amelie_p'])
    expect(await find('melie')).toEqual([])
    expect(await find('')).toEqual([])
    expect(await find('%')).toEqual([])
    await amelie.api.updateMe({ body: { full_name: 'Audrey', username: 'audrey' } })
    expect([await find('pou'), await find('amelie'), await find('aud')]).toEqual([[], [], ['audrey']])
  })

  it('pages through everybody once, without those the viewer may not see', async () => {
    const me = await users.register('pager')
    const people = []
    for (let i = 0; i < 12; i++) {
      const person = await users.register(`zoe${String(i).padStart(2, '0')}`)
      await person.api.updateMe({ body: { full_name: 'Zoe Zoellner' } })
      people.push(person)
    }
    for (const person of people.slice(2, 7)) users.world.hidden.add(person.id)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await me.api.findUsers({ query: { q: 'zo', limit: 3, cursor } })
      seen.push(...page.items.map(({ username }) => username))
      if (page.next_cursor) expect(page.items).toHaveLength(3)
      cursor = page.next_cursor ?? undefined
    } while (cursor)
    expect(seen.sort()).toEqual(['zoe00', 'zoe01', 'zoe07', 'zoe08', 'zoe09', 'zoe10', 'zoe11'])
  })
})

describe('suggestions', () => {
  it('begin with whom one’s friends follow, and leave out oneself and those one follows', async () => {
    const names = ['ego', 'friend1', 'friend2', 'shared', 'single', 'famous', 'newcomer', 'hidden1']
    const [ego, f1, f2, shared, single, famous, newcomer, hidden] = await Promise.all(
      names.map((name) => users.register(name)),
    ).then((people) => people.map(({ id }) => id))
    if (!ego || !f1 || !f2 || !shared || !single || !famous || !newcomer || !hidden)
      throw new Error('missing')
    users.world.following.set(ego, [f1, f2])
    users.world.following.set(f1, [shared, single, hidden, ego])
    users.world.following.set(f2, [shared, hidden])
    users.world.following.set(newcomer, [famous])
    users.world.hidden.add(hidden)
    const suggestions = await (await loggedIn('ego')).api.suggested({ query: { limit: 3 } })
    expect(suggestions.map(({ username }) => username)).toEqual(['shared', 'single', 'famous'])
  })
})

async function loggedIn(username: string) {
  const person = users.visitor()
  return new Person(
    users.baseUrl,
    username,
    await person.api.login({ body: { login: username, password: Person.password } }),
  )
}

describe('names', () => {
  it('are looked up in batches, in any case; unknown ones are absent', async () => {
    const uma = await users.register('uma.t')
    const found = await users.module.service.byUsernames(['UMA.T', 'nobody.at.all', 'uma.t'])
    expect([...found]).toEqual([['uma.t', { user_id: uma.id, username: 'uma.t', is_private: false }]])
    expect(await users.module.service.byUsername('Uma.T')).toMatchObject({ user_id: uma.id })
    expect(await users.module.service.byUsername('nobody')).toBeUndefined()
  })
})
