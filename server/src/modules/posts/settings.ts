import { type Body, type PostSettings, type Routes, TintypeError, type UserId } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { byField } from '../../kit/by-field.ts'
import { changingSettings, dropSettings, readSettings, type SettingsRow } from './settings-store.ts'

const unset: PostSettings = {
  comments_from: 'everyone',
  likes_hidden: false,
  downloads_allowed: false,
  tags_from: 'anyone',
  filtered_words: [],
}
/** Seconds; a change is told to all processes, this only bounds what is held. */
const TTL = 1800

/** What members set for their posts and for comments on them. */
export class PostSettingsService {
  readonly #db: Db
  readonly #outbox: Outbox
  readonly #rows: Entries<UserId, SettingsRow>

  constructor({ db, outbox, cache }: { db: Db; outbox: Outbox; cache: Cache }) {
    this.#db = db
    this.#outbox = outbox
    this.#rows = cache.entries('post-settings', {
      ttl: TTL,
      // Most have set nothing.
      absence: { ttl: TTL, most: 10_000 },
      forgets: [on(['user.post_settings_changed', 'user.deleted'], (e) => [e.user_id])],
    })
  }

  async of(userId: UserId): Promise<PostSettings> {
    const [found = { ...unset, user_id: userId }] = await this.#rows.throughMany([userId], async (missing) =>
      byField(await readSettings(this.#db.query, missing), 'user_id'),
    )
    const { user_id: _, ...settings } = found
    return settings
  }

  async change(userId: UserId, change: Body<Routes['postSettings']['change']>): Promise<PostSettings> {
    const words = change.filtered_words && { filtered_words: [...new Set(change.filtered_words)] }
    const statement = changingSettings(userId, { ...change, ...words }, unset)
    const fact = { type: 'user.post_settings_changed', payload: { user_id: userId } } as const
    const [changed] = await this.#outbox.act(this.#db.query, statement, [fact])
    if (!changed) throw new TintypeError('internal')
    return changed
  }

  async erase(userId: UserId): Promise<void> {
    await dropSettings(this.#db.query, userId)
  }
}
