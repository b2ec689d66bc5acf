import type { AnswerTemplate, ModerationSettings } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Audit } from './audit.ts'
import type { ModerationDeps } from './deps.ts'
import * as store from './settings-store.ts'

/** What the community has settled for its moderators. */
export class Rules {
  readonly #db: Db
  readonly #outbox: Pick<Outbox, 'append'>
  readonly #audit: Pick<Audit, 'append'>

  constructor({ db, outbox }: Pick<ModerationDeps, 'db' | 'outbox'>, audit: Pick<Audit, 'append'>) {
    this.#db = db
    this.#outbox = outbox
    this.#audit = audit
  }

  settings(): Promise<ModerationSettings> {
    return store.readSettings(this.#db.query)
  }

  async change({ user_id }: Viewer, settings: ModerationSettings): Promise<ModerationSettings> {
    await this.#db.tx(async (tx) => {
      await store.writeSettings(tx, settings)
      await this.#outbox.append(tx, [
        { type: 'moderation.pictures_changed', payload: { act_id: null } },
        { type: 'moderation.spam_changed', payload: { version: null } },
      ])
      const fact = { actor_id: user_id, action: 'change_settings', why: 'settings' }
      await this.#audit.append(tx, { ...fact, details: { ...settings } })
    })
    return settings
  }

  templates(): Promise<AnswerTemplate[]> {
    return store.readTemplates(this.#db.query)
  }

  async saveTemplates({ user_id }: Viewer, templates: AnswerTemplate[]): Promise<AnswerTemplate[]> {
    await this.#db.tx(async (tx) => {
      await store.writeTemplates(tx, templates)
      const fact = { actor_id: user_id, action: 'change_templates', why: 'settings' }
      await this.#audit.append(tx, { ...fact, details: { count: templates.length } })
    })
    return templates
  }
}
