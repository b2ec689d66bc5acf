import type { UserId } from '@tintype/contract'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SearchIndex } from '../../engines/search-index/port.ts'
import type { PublicMember } from '../members/api.ts'
import { cutSearch } from './cut.ts'
import { memberDocument } from './documents.ts'

const names: Record<string, string> = {
  jorg: 'Jörg Ångström',
  jeanluc: 'Jean-Luc Müller',
  conan: 'Conan O’Brien',
  hanako: '田中花子',
  taro: '田中 太郎',
  ahmad: 'أحمد الغامدي',
  strasser: 'Lea Straßer',
  'marina.foto': 'M. R.',
  minsu: '김철수',
  asha: 'आशा शर्मा',
  somchai: 'สมชาย ใจดี',
  ivan: 'Иван Щукин',
  nikos: 'Νίκος Παπαδόπουλος',
  shalom: 'שָׁלוֹם כהן',
  rocket: 'Rosa 🚀',
}

/** Who is expected for what is typed, whichever index is asked; it is empty at first. */
export function expectedSuite(name: string, open: () => Promise<SearchIndex>): void {
  describe(`what is typed, and who is found: ${name}`, () => {
    let index: SearchIndex
    beforeAll(async () => {
      index = await open()
      const documents = Object.entries(names).map(([username, full_name]) => {
        const member: PublicMember = {
          user_id: username as UserId,
          username,
          full_name,
          bio: '',
          link: null,
          is_private: false,
          is_verified: false,
          is_silenced: false,
          media_epoch: 0,
          avatar_media_id: null,
          held_usernames: [],
          created_at: '2026-01-01T00:00:00.000Z',
        }
        return memberDocument(member, { followers: 0, version: 1 })
      })
      await index.index(documents)
    })

    test.each([
      // Words, in any order, the last by its beginning; accents and letter case aside.
      ['jorg ang', ['jorg']],
      ['Ångström jö', ['jorg']],
      ['luc mull', ['jeanluc']],
      ['Jean-Luc M', ['jeanluc']],
      ["o'brien", ['conan']],
      ['obrien', ['conan']],
      ['STRASSER', ['strasser']],
      ['marinaf', ['marina.foto']],
      ['@marina.foto', ['marina.foto']],
      ['jorg zzz', []],
      // Scripts.
      ['田中', ['hanako', 'taro']],
      ['花', ['hanako']],
      ['花子', ['hanako']],
      ['田中太郎', ['taro']],
      ['田中 花子', ['hanako']],
      ['田子', []],
      ['احمد', ['ahmad']],
      ['철수', ['minsu']],
      ['आशा श', ['asha']],
      ['ใจ', ['somchai']],
      ['щук', ['ivan']],
      ['παπαδο', ['nikos']],
      ['νικος', ['nikos']],
      ['שלום', ['shalom']],
      ['🚀', ['rocket']],
      ['rosa 🚀', ['rocket']],
      // Typing errors.
      ['marnia foto', ['marina.foto']],
      ['jrog', ['jorg']],
      ['angstrim', ['jorg']],
      ['stasser', ['strasser']],
      ['mulelr', ['jeanluc']],
      ['пападопулос', []],
      ['παπαδοπουλας', ['nikos']],
      ['щуикн', ['ivan']],
      // Nothing to look for, or nothing that anybody is called.
      ['', []],
      ['%', []],
      ['_', []],
      ['"', []],
      ["'", []],
      ['\\', []],
      ['🙃', []],
      ['x'.repeat(500), []],
      ['word '.repeat(100), []],
    ])('%j finds %j', async (q, usernames) => {
      const hits = await index.query({ kind: 'member', ...cutSearch(q), limit: 50 })
      expect(hits.map(({ id }) => id).sort()).toEqual(usernames)
    })
  })
}
