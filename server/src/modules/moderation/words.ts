import { type BlockedWord, TintypeError } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { hasFilteredWord } from '../../text/word-filter.ts'
import { readWords } from './door-store.ts'

interface Lists {
  hold: string[]
  refuse: string[]
}

const TTL = 3600

/** Words that the community keeps out, for whoever takes texts. Asked with each text, so kept in memory. */
export class Words {
  readonly #db: Db
  readonly #lists: Entries<'all', Lists>

  constructor({ db, cache }: { db: Db; cache: Cache }) {
    this.#db = db
    this.#lists = cache.entries('blocked-words', {
      ttl: TTL,
      forgets: [on(['moderation.words_changed'], () => ['all' as const])],
    })
  }

  /** Whether somebody has to look at a text before others see it. Throws `words_refused` where it is not taken at all. */
  async holds(text: string): Promise<boolean> {
    const { hold, refuse } = await this.#read()
    if (hasFilteredWord(text, refuse)) throw new TintypeError('words_refused')
    return hasFilteredWord(text, hold)
  }

  /** The same of a text that nobody looks at before others see it. */
  async assertFree(text: string): Promise<void> {
    if (await this.holds(text)) throw new TintypeError('words_refused')
  }

  /** The same of a username, whose words dots, underscores and digits part. */
  assertFreeName(username: string): Promise<void> {
    return this.assertFree(username.replace(/[._\d]+/g, ' '))
  }

  #read(): Promise<Lists> {
    return this.#lists.through('all', async () => listsOf(await readWords(this.#db.query)))
  }
}

const listsOf = (words: readonly BlockedWord[]): Lists => {
  const those = (action: BlockedWord['action']) =>
    words.filter((one) => one.action === action).map(({ word }) => word)
  return { hold: those('hold'), refuse: those('refuse') }
}
