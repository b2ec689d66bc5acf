import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from '../accounts/accounts.suite.ts'

let users: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
})
afterAll(() => users[Symbol.asyncDispose]())

describe('autocomplete', () => {
  it('finds by the beginning of the username and of any word of the name, without accents', async () => {
    const me = await users.register('seeker')
    const amelie = await users.register('amelie_p')
    await amelie.api.members.update({ body: { full_name: 'Amélie Poulain-Øster 李雷' } })
    const find = async (q: string) =>
      (await me.api.members.find({ query: { q } })).items.map(({ username }) => username)
    for (const q of ['am', '@AMELIE_', 'amélie', 'pou', 'øst', '李'])
      expect(await find(q)).toEqual(['amelie_p'])
    expect(await find('melie')).toEqual([])
    expect(await find('')).toEqual([])
    expect(await find('%')).toEqual([])
    expect([await find('poul amelie'), await find('Amélie  Poulain'), await find('amelie osterr')]).toEqual([
      [],
      ['amelie_p'],
      [],
    ])
    await amelie.api.members.update({ body: { full_name: 'Audrey', username: 'audrey' } })
    expect([await find('pou'), await find('amelie'), await find('aud')]).toEqual([[], [], ['audrey']])
  })

  it('pages through everybody once, without those the viewer may not see', async () => {
    const me = await users.register('pager')
    const people = []
    for (let i = 0; i < 12; i++) {
      const person = await users.register(`zoe${String(i).padStart(2, '0')}`)
      await person.api.members.update({ body: { full_name: 'Zoe Zoellner' } })
      people.push(person)
    }
    for (const person of people.slice(2, 7)) users.world.hidden.add(person.id)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await me.api.members.find({ query: { q: 'zo', limit: 3, cursor } })
      seen.push(...page.items.map(({ username }) => username))
      if (page.next_cursor) expect(page.items).toHaveLength(3)
      cursor = page.next_cursor ?? undefined
    } while (cursor)
    expect(seen.sort()).toEqual(['zoe00', 'zoe01', 'zoe07', 'zoe08', 'zoe09', 'zoe10', 'zoe11'])
  })
})

describe('a full name', () => {
  const named: Record<string, string> = {
    jorg: 'Jörg Ångström',
    jeanluc: 'Jean-Luc Müller',
    conan: 'Conan O’Brien',
    pat: "Pat O'Brien",
    hanako: '田中花子',
    taro: '田中 太郎',
    ahmad: 'أحمد الغامدي',
    strasser: 'Lea Straßer',
    'marina.foto': 'M. R.',
    minsu: '김철수',
    asha: 'आशा शर्मा',
  }
  let find: (q: string) => Promise<string[]>
  beforeAll(async () => {
    const me = await users.register('reader')
    for (const [username, full_name] of Object.entries(named)) {
      const person = await users.register(username)
      await person.api.members.update({ body: { full_name } })
    }
    find = async (q) =>
      (await me.api.members.find({ query: { q } })).items.map(({ username }) => username).sort()
  })

  it.each([
    ['Jörg Ångström', ['jorg']],
    ['jorg ang', ['jorg']],
    ['angs jorg', []],
    ['Ångström jö', ['jorg']],
    ['jor ang', []],
    ['jean luc', ['jeanluc']],
    ['Jean-Luc M', ['jeanluc']],
    ['luc mull', ['jeanluc']],
    ["o'brien", ['conan', 'pat']],
    ['O’Brien', ['conan', 'pat']],
    ['obrien', ['conan', 'pat']],
    ['conan o’b', ['conan']],
    ['田中花子', ['hanako']],
    ['田中', ['hanako', 'taro']],
    ['花子', ['hanako']],
    ['田中太郎', ['taro']],
    ['田中 太郎', ['taro']],
    ['田中 花子', ['hanako']],
    ['احمد', ['ahmad']],
    ['STRASSER', ['strasser']],
    ['marina fo', ['marina.foto']],
    ['marinaf', ['marina.foto']],
    ['@marina.foto', ['marina.foto']],
    ['철수', ['minsu']],
    ['आशा श', ['asha']],
    ['%', []],
    ["'", []],
    ['_', []],
    ['🙂', []],
    ['jorg 🙂', ['jorg']],
  ])('%j finds %j', async (q, usernames) => expect(await find(q)).toEqual(usernames))

  it('stands behind who goes by just that username, on one page or several', async () => {
    const me = await users.register('looker')
    for (const username of ['solaris', 'sol', 'sola']) await users.register(username)
    const page = async (limit: number, cursor?: string) =>
      me.api.members.find({ query: { q: 'sol', limit, cursor } })
    expect((await page(9)).items.map(({ username }) => username)).toEqual(['sol', 'sola', 'solaris'])
    const seen: string[] = []
    for (let cursor: string | undefined, more = true; more; ) {
      const { items, next_cursor } = await page(1, cursor)
      seen.push(...items.map(({ username }) => username))
      cursor = next_cursor ?? undefined
      more = next_cursor !== null
    }
    expect(seen).toEqual(['sol', 'sola', 'solaris'])
  })
})

describe('names', () => {
  it('are looked up in batches, in any case; unknown ones are absent', async () => {
    const uma = await users.register('uma.t')
    const found = await users.members.byUsernames(['UMA.T', 'nobody.at.all', 'uma.t'])
    expect([...found]).toEqual([['uma.t', { user_id: uma.id, username: 'uma.t', is_private: false }]])
    expect(await users.members.byUsername('Uma.T')).toMatchObject({ user_id: uma.id })
    expect(await users.members.byUsername('nobody')).toBeUndefined()
  })
})
