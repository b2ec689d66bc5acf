import type { SearchHit, SearchType } from '@tintype/contract'
import { type Person, photo, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** What members find, whichever index is asked. */
export function searchSuite(name: string, start: () => Promise<TestSystem>): void {
  describe(`search: ${name}`, () => {
    let system: TestSystem
    beforeAll(async () => {
      system = await start()
    })
    afterAll(() => system[Symbol.asyncDispose]())

    let seed = 1
    const small = () => photo(seed++, { width: 16, height: 16, format: 'png' })
    const share = async (by: Person, caption: string, more: { place?: string; alt?: string } = {}) =>
      by.share({
        caption,
        photos: [await small()],
        ...(more.place ? { location: { name: more.place } } : {}),
        ...(more.alt ? { alt_texts: [more.alt] } : {}),
      })
    const nameOf = (hit: SearchHit) =>
      hit.type === 'user'
        ? hit.user.username
        : hit.type === 'post'
          ? hit.post.caption
          : hit.type === 'hashtag'
            ? `#${hit.tag} ${hit.posts_count}`
            : `${hit.place.name} ${hit.posts_count}`
    const find = async (who: Person, type: SearchType, q: string) =>
      (await who.api.search.find({ query: { q, type, limit: 50 } })).items.map(nameOf)
    const complete = async (who: Person, q: string) =>
      (await who.api.search.autocomplete({ query: { q } })).map(nameOf)
    const named = async (person: Person, full_name: string, bio = '') =>
      person.api.members.update({ body: { full_name, bio } })

    describe('members', () => {
      let me: Person
      beforeAll(async () => {
        ;[me] = await system.people('reader')
      })

      test('are found as they are now, and not as they were', async () => {
        const [nomad] = await system.people('nomad')
        await named(nomad, 'Wander Lust', 'cartographer by trade')
        await system.settle()
        expect(await find(me, 'users', 'lust wander')).toEqual(['nomad'])
        expect(await find(me, 'users', 'cartogr')).toEqual(['nomad'])
        await nomad.api.members.update({ body: { username: 'settler', full_name: 'Home', bio: '' } })
        await system.settle()
        for (const q of ['nomad', 'lust', 'cartographer', 'wandre'])
          expect(await find(me, 'users', q)).toEqual([])
        expect(await complete(me, 'sett')).toEqual(['settler'])
        await nomad.leave()
        expect(await find(me, 'users', 'settler')).toEqual([])
        await system.settle()
        expect(await find(me, 'users', 'settler')).toEqual([])
      })

      test('stand in order: whole name, word, beginning, what they say of themselves, mistyped; then followers, circle', async () => {
        const [me, fan, whole, famous, friend, begun, said, typo] = await system.people(
          'orderer',
          'fan.of.some',
          'solar',
          'famous.solar',
          'friend.solar',
          'solaris',
          'speaker',
          'salar',
        )
        await named(said, 'Somebody', 'solar panels')
        for (const follower of [fan, typo, said]) await follower.follow(famous)
        await fan.follow(typo)
        await system.settle()
        const first = ['solar', 'famous.solar', 'friend.solar', 'solaris', 'speaker', 'salar']
        expect(await find(me, 'users', 'solar')).toEqual(first)
        await me.follow(friend)
        await system.settle()
        expect((await find(me, 'users', 'solar')).slice(0, 3)).toEqual([
          'solar',
          'friend.solar',
          'famous.solar',
        ])
        expect(await find(fan, 'users', 'solar')).toEqual(first)
        // In pages of one, each once.
        const seen: string[] = []
        for (let cursor: string | undefined, more = true; more; ) {
          const page = await me.api.search.find({ query: { q: 'solar', type: 'users', limit: 1, cursor } })
          seen.push(...page.items.map(nameOf))
          cursor = page.next_cursor ?? undefined
          more = cursor !== undefined
        }
        expect(seen).toEqual(['solar', 'friend.solar', 'famous.solar', 'solaris', 'speaker', 'salar'])
        void whole
        void begun
      })

      test('who block each other do not find each other, but for the blocker by the exact name', async () => {
        const [blocker, blocked] = await system.people('wall.flower', 'thorn.bush')
        await blocker.block(blocked)
        expect(await find(blocker, 'users', 'thorn')).toEqual([])
        expect(await complete(blocker, 'thorn.bus')).toEqual([])
        expect(await find(blocker, 'users', 'Thorn.Bush')).toEqual(['thorn.bush'])
        expect(await find(blocked, 'users', 'wall.flower')).toEqual([])
      })
    })

    describe('posts', () => {
      test('are found by caption, description, place and hashtag, newest first, and as soon as they are edited or deleted', async () => {
        const [ana, me] = await system.people('heron.ana', 'heron.me')
        await share(ana, 'Morning fog over the Vltava', { alt: 'A heron in the reeds', place: 'Praha' })
        const second = await share(ana, 'Evening fog #vltava2026')
        await share(ana, '夜景と故宮 야경 كأس العالم')
        await system.settle()
        expect(await find(me, 'posts', 'fog')).toEqual([
          'Evening fog #vltava2026',
          'Morning fog over the Vltava',
        ])
        for (const q of ['heron', 'herno', 'praha', 'praga fog', 'fog vltava morn'])
          expect(await find(me, 'posts', q), q).toEqual(['Morning fog over the Vltava'])
        for (const q of ['夜', '夜景', '故宮', '야경', 'كاس'])
          expect(await find(me, 'posts', q), q).toEqual(['夜景と故宮 야경 كأس العالم'])
        expect(await find(me, 'posts', '夜故')).toEqual([])
        const params = { post_id: second.post_id }
        await ana.api.posts.edit({ params, body: { caption: 'Evening mist' } })
        await system.settle()
        expect([await find(me, 'posts', 'vltava2026'), await find(me, 'posts', 'mist')]).toEqual([
          [],
          ['Evening mist'],
        ])
        await ana.api.postShelf.archive({ params })
        expect(await find(me, 'posts', 'mist')).toEqual([])
        await system.settle()
        expect(await find(me, 'posts', 'mist')).toEqual([])
        await ana.api.postShelf.restore({ params })
        await system.settle()
        expect(await find(me, 'posts', 'mist')).toEqual(['Evening mist'])
        await ana.delete(second)
        expect(await find(me, 'posts', 'mist')).toEqual([])
      })

      test('of private accounts are found by their followers alone, in full pages, with counts and suggestions', async () => {
        const [open, shut, friend, other] = await system.people(
          'open.owl',
          'shut.owl',
          'friend.owl',
          'other.owl',
        )
        await friend.follow(shut)
        for (let n = 0; n < 3; n++) await share(open, `owlish ${n}`)
        for (let n = 0; n < 3; n++) await share(shut, `owlish secret ${n} #owlery`, { place: 'Owl Tower' })
        await system.settle()
        expect(await find(other, 'hashtags', 'owlery')).toEqual(['#owlery 3'])
        await shut.goPrivate()
        for (const settled of [false, true]) {
          if (settled) await system.settle()
          const page = await other.api.search.find({ query: { q: 'owlish', type: 'posts', limit: 2 } })
          expect(page.items.map(nameOf)).toEqual(['owlish 2', 'owlish 1'])
          const cursor = page.next_cursor ?? ''
          const rest = await other.api.search.find({
            query: { q: 'owlish', type: 'posts', limit: 2, cursor },
          })
          expect([rest.items.map(nameOf), rest.next_cursor]).toEqual([['owlish 0'], null])
          for (const type of ['hashtags', 'places', 'top'] as const)
            expect(await find(other, type, type === 'places' ? 'owl tower' : 'owlery'), type).toEqual([])
          expect(await complete(other, '#owl')).toEqual([])
          expect(await find(friend, 'posts', 'secret')).toHaveLength(3)
          expect(await find(friend, 'hashtags', 'owlery')).toEqual(['#owlery 3'])
          expect(await find(friend, 'places', 'owl')).toEqual(['Owl Tower 3'])
        }
        await shut.goPublic()
        await system.settle()
        expect(await find(other, 'places', 'owl tow')).toEqual(['Owl Tower 3'])
        await shut.block(other)
        for (const type of ['posts', 'hashtags', 'places'] as const)
          expect(await find(other, type, type === 'posts' ? 'secret' : 'owl')).toEqual([])
      })

      test('come in pages without repeating or leaving out any while others arrive', async () => {
        const [ana, ben] = await system.people('pager.ana', 'pager.ben')
        await ben.follow(ana)
        for (let n = 0; n < 6; n++) await share(n % 2 ? ana : ben, `lanterns ${n}`)
        await system.settle()
        const seen: string[] = []
        let cursor: string | undefined
        for (let page = 0; page < 20; page++) {
          const { items, next_cursor } = await ben.api.search.find({
            query: { q: 'lantern', type: 'posts', limit: 2, cursor },
          })
          seen.push(...items.map(nameOf))
          if (page < 2) await share(ana, `lanterns late ${page}`)
          await system.settle()
          if (next_cursor === null) break
          cursor = next_cursor
        }
        expect(new Set(seen).size).toBe(seen.length)
        expect(seen.filter((caption) => !caption.includes('late'))).toHaveLength(6)
        await expect(
          ben.api.search.find({ query: { q: 'lantern', type: 'users', cursor: cursor ?? '' } }),
        ).rejects.toMatchObject({ code: 'bad_cursor' })
      })
    })

    test('hashtags and places carry the number of posts that are there, most used first', async () => {
      const [ana, ben] = await system.people('tagger', 'counter')
      const first = await share(ana, '#kitesurf #kites', { place: 'Tarifa' })
      const posts = [
        first,
        await share(ana, '#kites #kites_up', { place: 'tarifa' }),
        await share(ben, '#Kites', { place: 'Tarragona' }),
      ]
      await system.settle()
      // A place is called as its newest post calls it, whichever is indexed last.
      await ana.api.posts.edit({ params: first, body: { caption: '#kitesurf #kites!' } })
      await system.settle()
      expect(await find(ben, 'hashtags', 'kite')).toEqual(['#kites 3', '#kitesurf 1', '#kites_up 1'])
      expect(await find(ben, 'places', 'tarif')).toEqual(['tarifa 2'])
      expect(await complete(ben, '#kit')).toEqual(['#kites 3', '#kitesurf 1', '#kites_up 1'])
      expect(await find(ben, 'hashtags', 'kites up')).toEqual(['#kites_up 1'])
      for (const post of posts.slice(0, 2)) await ana.delete(post)
      await system.settle()
      expect(await find(ben, 'hashtags', 'kite')).toEqual(['#kites 1'])
      expect(await find(ben, 'places', 'tarif')).toEqual([])
    })

    test('top begins with the best of each and goes on with posts', async () => {
      const [ana, ben] = await system.people('lighthouse', 'keeper')
      for (let n = 0; n < 3; n++)
        await share(ana, `lighthouse ${n} #lighthouses`, { place: 'Lighthouse Point' })
      await system.settle()
      const page = await ben.api.search.find({ query: { q: 'lighth', limit: 2 } })
      expect(page.items.map(nameOf)).toEqual([
        'lighthouse',
        '#lighthouses 3',
        'Lighthouse Point 3',
        'lighthouse 2 #lighthouses',
        'lighthouse 1 #lighthouses',
      ])
      const rest = await ben.api.search.find({
        query: { q: 'lighth', limit: 2, cursor: page.next_cursor ?? '' },
      })
      expect(rest.items.map(nameOf)).toEqual(['lighthouse 0 #lighthouses'])
    })

    test('recent searches are one’s own, the last ones, once each, and gone when one says so', async () => {
      const [ana, ben] = await system.people('recalls', 'recalled')
      await share(ben, '#memory', { place: 'Attic' })
      await system.settle()
      const { search } = ana.api
      const list = async () => (await search.recents()).map(({ q, hit }) => q ?? (hit && nameOf(hit)))
      const attic = (await search.find({ query: { q: 'attic', type: 'places' } })).items[0]
      if (attic?.type !== 'place') throw new Error('no place')
      const bodies = [
        { q: ' fog  bank ' },
        { username: 'recalled' },
        { tag: '#Memory'.slice(1) },
        { place_id: attic.place_id },
      ]
      for (const body of [...bodies, { q: 'fog bank' }]) await search.addRecent({ body })
      expect(await list()).toEqual(['fog bank', 'Attic 1', '#memory 1', 'recalled'])
      expect(await ben.api.search.recents()).toEqual([])
      for (const body of [{ username: 'nobody.here' }, { tag: 'nothing' }, { q: ' ' }])
        await expect(search.addRecent({ body })).rejects.toMatchObject({ code: 'not_found' })
      const [first] = await search.recents()
      const params = { recent_id: first?.recent_id as never }
      await expect(ben.api.search.removeRecent({ params })).rejects.toMatchObject({ code: 'not_found' })
      await search.removeRecent({ params })
      await ben.block(ana)
      expect(await list()).toEqual([])
      await ben.api.graph.unblock({ params: ana })
      expect(await list()).toEqual(['Attic 1', '#memory 1', 'recalled'])
      for (let n = 0; n < 30; n++) await search.addRecent({ body: { q: `again ${n}` } })
      expect(await list()).toHaveLength(20)
      await search.clearRecents()
      expect(await list()).toEqual([])
    })
  })
}
