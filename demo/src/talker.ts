import { readFile } from 'node:fs/promises'
import type { ConversationId, MessageId, PostId } from '@tintype/contract'
import type { Account } from './account.ts'
import type { Line } from './community/talks.ts'
import type { TalkAction } from './conversations.ts'
import type { Shot } from './script.ts'

interface Ground {
  account(username: string): Account
  /** Once others can see it. */
  published(post: string): Promise<PostId>
  fileOf(shot: Shot): URL
}

interface Going {
  id: ConversationId
  said: Map<number, MessageId>
}

/** Says over HTTP what is said in private. */
export class Talker {
  readonly #ground: Ground
  readonly #talks = new Map<number, Going>()

  constructor(ground: Ground) {
    this.#ground = ground
  }

  async live(action: TalkAction): Promise<void> {
    const { api } = this.#ground.account(action.who)
    if (action.do === 'begin') {
      const { others, name } = action
      const body = { usernames: [...others], ...(name ? { name } : {}) }
      const { conversation_id } = await api.conversations.create({ body })
      this.#talks.set(action.talk, { id: conversation_id, said: new Map() })
      return
    }
    const talk = this.#going(action.talk)
    const params = { conversation_id: talk.id }
    if (action.do === 'say') talk.said.set(action.index, await this.#say(talk, action))
    else if (action.do === 'respond') {
      const message_id = this.#said(talk, action.index)
      await api.messages.react({ params: { ...params, message_id }, body: { emoji: action.emoji } })
    } else await this.#look(talk, action.who)
  }

  /** Who writes has accepted the conversation, and read what came before. */
  async #say(talk: Going, { who, index, talk: number, line }: Extract<TalkAction, { do: 'say' }>) {
    await this.#look(talk, who)
    const client_message_id = `demo-talk-${number}-${index}`
    const account = this.#ground.account(who)
    if (line.post !== undefined) return this.#send(talk, account, line, line.post, client_message_id)
    const uploads = line.shot ? await account.upload([await readFile(this.#ground.fileOf(line.shot))]) : []
    const photos = uploads.map((upload_id) => ({ upload_id, alt_text: line.shot?.alt ?? '' }))
    const { message_id } = await account.api.messages.send({
      params: { conversation_id: talk.id },
      body: {
        client_message_id,
        ...(line.text ? { text: line.text } : {}),
        ...(photos.length > 0 ? { photos } : {}),
        ...(line.answers === undefined ? {} : { reply_to: this.#said(talk, line.answers) }),
      },
    })
    return message_id
  }

  async #send({ id }: Going, { api }: Account, { text }: Line, post: string, client_message_id: string) {
    const subject = { kind: 'post' as const, id: await this.#ground.published(post) }
    const { messages } = await api.messages.share({
      body: { client_message_id, subject, conversation_ids: [id], ...(text ? { text } : {}) },
    })
    const [message] = messages
    if (!message) throw new Error(`${post} was sent to nobody`)
    return message.message_id
  }

  async #look({ id: conversation_id }: Going, who: string): Promise<void> {
    const { api } = this.#ground.account(who)
    const { viewer, last_message } = await api.conversations.get({ params: { conversation_id } })
    if (viewer.status === 'request') await api.conversations.accept({ params: { conversation_id } })
    if (!last_message) return
    await api.conversations.markRead({
      params: { conversation_id },
      body: { up_to: last_message.message_id },
    })
  }

  #going(talk: number): Going {
    const going = this.#talks.get(talk)
    if (!going) throw new Error(`talk ${talk} has not begun`)
    return going
  }

  #said(talk: Going, index: number): MessageId {
    const id = talk.said.get(index)
    if (!id) throw new Error(`line ${index} has not been said`)
    return id
  }
}
