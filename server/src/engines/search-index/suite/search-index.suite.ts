import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Hit, Place, SearchDocument, SearchIndex, SearchQuery } from '../port.ts'

export interface SearchIndexFixture {
  /** Opens another handle on the same backing store, empty at the start of each case. */
  open(): Promise<SearchIndex>
  [Symbol.asyncDispose](): Promise<void>
}

const runs = (text: string) => (text === '' ? [] : text.split(' ').map((run) => run.split('+')))

/** Words between spaces; joined by `+`, they stand side by side. */
const doc = (id: string, title: string, more: Partial<SearchDocument> & { words?: string } = {}) => {
  const { words = '', ...rest } = more
  const document: SearchDocument = {
    kind: 'member',
    id,
    version: 1,
    whole: [],
    title: runs(title),
    text: runs(words),
    rank: 1,
    owner: id,
    is_open: true,
    ...rest,
  }
  return document
}

/** What was typed: the last word is only begun. */
const asked = (typed: string, more: Partial<SearchQuery> = {}): SearchQuery => {
  const wanted = runs(typed)
  return {
    kind: 'member',
    whole: typed.replaceAll(' ', ''),
    wanted: wanted.map((run, at) => ({
      run,
      isPrefix: at === wanted.length - 1 && run.length === 1,
      isForgiving: run.length === 1,
    })),
    limit: 20,
    ...more,
  }
}

const ids = (hits: readonly Hit[]) => hits.map(({ id }) => id)
const found = (hits: readonly Hit[]) => hits.map(({ id, match }) => `${id} ${match}`)

/** What every search index has to do; each case holds two handles on one store. */
export function searchIndexSuite(name: string, fixture: () => Promise<SearchIndexFixture>): void {
  describe(`search: ${name}`, () => {
    let store: SearchIndexFixture
    let one: SearchIndex
    let two: SearchIndex
    beforeEach(async () => {
      store = await fixture()
      one = await store.open()
      two = await store.open()
    })
    afterEach(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    })

    it('answers by match, then by rank, then by id, and each document once', async () => {
      await one.index([
        doc('a', 'sola', { rank: 900 }),
        doc('b', 'sol invictus', { rank: 3.5 }),
        doc('c', 'sol', { rank: 3.25, whole: ['sol'] }),
        doc('d', 'ana', { rank: 999, words: 'likes solstice' }),
        doc('e', 'soll', { rank: 3.5 }),
        doc('f', 'sal', { rank: 900 }),
        doc('g', 'somebody else', { rank: 900 }),
      ])
      expect(found(await two.query(asked('sol')))).toEqual([
        'c whole',
        'b exact',
        'a prefix',
        'e prefix',
        'd text',
        'f fuzzy',
      ])
    })

    it('wants every word, the last by its beginning, in any order, over title and text', async () => {
      await one.index([
        doc('a', 'jean luc muller'),
        doc('b', 'jean marie'),
        doc('c', 'luc', { words: 'jean' }),
      ])
      const find = async (typed: string) => ids(await two.query(asked(typed)))
      expect(await find('jean')).toEqual(['b', 'a', 'c'])
      expect(await find('luc jean')).toEqual(['a', 'c'])
      expect(await find('jean mu')).toEqual(['a'])
      expect(await find('je luc')).toEqual([])
      expect(await find('jean xxx')).toEqual([])
      expect(await one.query(asked(''))).toEqual([])
    })

    it('finds runs only where their words stand side by side', async () => {
      await one.index([
        doc('a', '熱力+力学+学'),
        doc('b', '熱力+力 力学+学'),
        doc('c', '', { words: '熱力+力学+学' }),
      ])
      expect(found(await two.query(asked('熱力+力学')))).toEqual(['a exact', 'c text'])
      expect(ids(await two.query(asked('力'))).sort()).toEqual(['a', 'b', 'c'])
    })

    it.each([
      ['marnia', 'marina', true],
      ['jonh', 'john', true],
      ['photogrpher', 'photographer', true],
      ['fotografphy', 'photography', false],
      ['photgraphi', 'photography', true],
      ['xotography', 'fotography', true],
      ['crakow', 'krakow', true],
      ['krakwo', 'krakow', true],
      ['anm', 'ana', true],
      ['an', 'on', false],
      ['lisa', 'rosa', false],
      ['photogarp', 'photographer', true],
      ['мсоква', 'москва', true],
      ['αθηνα', 'αθινα', true],
      ['שלןם', 'שלום', true],
    ])('typed %s finds %s: %s', async (typed, word, isFound) => {
      await one.index([doc('a', word), doc('b', 'zzzzz')])
      expect(found(await two.query(asked(typed)))).toEqual(isFound ? ['a fuzzy'] : [])
    })

    it('keeps the highest version, in whatever order they come, removals included', async () => {
      const versions = Array.from({ length: 40 }, (_, at) => at + 1)
      const writes = versions.map((version) =>
        version % 4 === 0
          ? () => one.remove([{ kind: 'member', id: 'a', version }])
          : () => (version % 2 ? one : two).index([doc('a', `word${version}`, { version })]),
      )
      const shuffled = writes.map((write, at) => [Math.sin(at * 7), write] as const).sort(([a], [b]) => a - b)
      await Promise.all(shuffled.map(([, write]) => write()))
      expect(await two.query(asked('word'))).toEqual([])
      await one.index([doc('a', 'word39', { version: 39 })])
      expect(await two.query(asked('word'))).toEqual([])
      await one.index([doc('a', 'again', { version: 41 }), doc('a', 'stale', { version: 12 })])
      expect([ids(await two.query(asked('again'))), ids(await two.query(asked('stale')))]).toEqual([
        ['a'],
        [],
      ])
      await one.sweep(0)
      await two.remove([{ kind: 'member', id: 'a', version: 42 }])
      expect(await one.query(asked('again'))).toEqual([])
    })

    it('forgets the words that a document had before', async () => {
      await one.index([doc('a', 'marina', { words: 'harbour' })])
      await two.index([doc('a', 'georg', { version: 2, rank: 7 })])
      for (const typed of ['marina', 'marnia', 'harb']) expect(await one.query(asked(typed))).toEqual([])
      expect(ids(await one.query(asked('gorg')))).toEqual(['a'])
    })

    it('narrows to kinds, owners and what is open', async () => {
      await one.index([
        doc('a', 'zoe', { owner: 'x' }),
        doc('b', 'zoe', { owner: 'y', is_open: false }),
        doc('c', 'zoe', { owner: 'z' }),
        doc('d', 'zoe', { kind: 'post', owner: 'x' }),
      ])
      expect(ids(await two.query(asked('zoe', { isOpen: true })))).toEqual(['c', 'a'])
      expect(ids(await two.query(asked('zoe', { owners: ['y', 'x', 'nobody'] })))).toEqual(['b', 'a'])
      expect(ids(await two.query(asked('zoe', { owners: [] })))).toEqual([])
      expect(ids(await two.query(asked('zo', { kind: 'post' })))).toEqual(['d'])
    })

    it('pages through everything once, whatever it matches by, and from a place where nothing stands', async () => {
      const titles = ['anna', 'ann', 'annabel', 'ana', 'any']
      const documents = Array.from({ length: 120 }, (_, at) =>
        doc(`d${at}`, titles[at % 5] ?? '', {
          rank: ((at * 37) % 23) + (at % 3) / 4,
          words: at % 7 === 0 ? 'ann' : '',
          whole: at % 10 === 0 ? ['ann'] : [],
        }),
      )
      await one.index(documents)
      const whole = await one.query(asked('ann', { limit: 500 }))
      expect(new Set(whole.map(({ match }) => match)).size).toBe(5)
      const seen: string[] = []
      let after: Place | undefined
      for (;;) {
        const page: Hit[] = await two.query(asked('ann', { limit: 7, ...(after ? { after } : {}) }))
        seen.push(...found(page))
        after = page.at(-1)
        if (page.length < 7 || !after) break
      }
      expect(seen).toEqual(found(whole))
      expect(seen).toHaveLength(120)
      const nowhere = { match: 'exact', rank: 1000, id: 'z' } as const
      expect((await two.query(asked('ann', { limit: 1, after: nowhere })))[0]?.match).toBe('exact')
    })

    it('answers during a rebuild, takes in what is written meanwhile, and swaps at once', async () => {
      await one.index([doc('old', 'zinnia'), doc('gone', 'zinnia'), doc('kept', 'zinnia')])
      await using generation = await one.rebuild()
      expect(await two.query(asked('zinnia'))).toHaveLength(3)
      await two.index([doc('new', 'zinnia', { version: 5 })])
      await two.remove([{ kind: 'member', id: 'gone', version: 5 }])
      await generation.index([doc('kept', 'zinnia'), doc('gone', 'zinnia'), doc('new', 'stale')])
      expect(ids(await two.query(asked('zinnia')))).toEqual(['old', 'new', 'kept'])
      await generation.commit()
      for (const handle of [one, two])
        expect(ids(await handle.query(asked('zinnia')))).toEqual(['new', 'kept'])
      expect(ids(await two.query(asked('zinina')))).toEqual(['new', 'kept'])
      await two.index([doc('later', 'zinnia')])
      expect(ids(await one.query(asked('zinnia')))).toEqual(['new', 'later', 'kept'])
    })

    it('keeps the newest of two rebuilds, and nothing of one that is given up', async () => {
      await one.index([doc('a', 'zinnia')])
      const first = await one.rebuild()
      await first.index([doc('b', 'zinnia')])
      const second = await two.rebuild()
      await expect(first.commit()).rejects.toMatchObject({ code: 'conflict' })
      await first[Symbol.asyncDispose]()
      await second.index([doc('c', 'zinnia')])
      await second[Symbol.asyncDispose]()
      await expect(second.commit()).rejects.toMatchObject({ code: 'conflict' })
      expect(ids(await one.query(asked('zinnia')))).toEqual(['a'])
    })

    it('takes any text for a word, and signs of its own for nothing else', async () => {
      const strange = [
        "o'brien",
        'back\\slash',
        '50%',
        'under_score',
        'a|b',
        'a:b',
        'x&y',
        '🙂',
        '"q"',
        'ß'.repeat(300),
      ]
      await one.index(strange.map((title, at) => doc(`d${at}`, title)))
      for (const [at, title] of strange.entries())
        expect(ids(await two.query(asked(title))), title).toContain(`d${at}`)
      for (const typed of ['%', '_', "'", '*', 'zz|b', '!a'])
        expect(await two.query(asked(typed)), typed).toEqual([])
    })

    it('answers as a plain look through all documents does', async () => {
      const word = fc.constantFrom('ana', 'anna', 'anton', 'ben', 'benno', 'carla', 'b', '熱力')
      const title = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
      const rank = fc.integer({ min: 0, max: 40 }).map((n) => n / 4)
      const documents = fc.array(fc.record({ title, words: title, rank }), { maxLength: 12 })
      let version = 1
      await fc.assert(
        fc.asyncProperty(documents, title, async (made, typed) => {
          version++
          const all = made.map(({ title, words, rank }, at) => doc(`d${at}`, title, { words, rank, version }))
          const gone = Array.from({ length: 12 }, (_, at) => ({ kind: 'member', id: `d${at}`, version }))
          await one.remove(gone.slice(made.length))
          await one.index(all)
          const wanted = typed.split(' ')
          const has = (words: string[], isPrefix: boolean) =>
            wanted.every((one, at) =>
              words.some((word) =>
                isPrefix && at === wanted.length - 1 ? word.startsWith(one) : word === one,
              ),
            )
          const level = (made: SearchDocument) => {
            const [titles, texts] = [made.title.flat(), made.text.flat()]
            if (has(titles, false)) return 0
            return has(titles, true) ? 1 : has([...titles, ...texts], true) ? 2 : 3
          }
          const right = all
            .filter((one) => level(one) < 3)
            .sort((a, b) => level(a) - level(b) || b.rank - a.rank || (a.id > b.id ? -1 : 1))
          const plain = asked(typed, { limit: 50 })
          const exactly = { ...plain, wanted: plain.wanted.map((run) => ({ ...run, isForgiving: false })) }
          expect(ids(await two.query(exactly))).toEqual(right.map(({ id }) => id))
        }),
        { numRuns: 40 },
      )
    })
  })
}
