import { randomUUID } from 'node:crypto'
import { type CommentId, type PostId, TintypeError } from '@tintype/contract'
import type { Person } from './person.ts'

/** What is known of one thing that is switched on and off: the last state that was acknowledged, and one that was asked for after it. */
interface Switch {
  acknowledged: boolean
  asked: boolean
}
interface Said {
  text: string
  key: string
  author: Person
  post_id: PostId
  comment_id: CommentId | undefined
}

/**
 * Members who like, unlike, comment, follow and unfollow as fast as they are answered, until the server is gone; and what each of them
 * was told. Three lanes each: within a lane one thing follows the other, so that of each thing at most one request is uncertain.
 */
export class Burst {
  /** `name post`. */
  readonly likes = new Map<string, Switch>()
  /** `name name`. */
  readonly follows = new Map<string, Switch>()
  readonly comments: Said[] = []
  acknowledged = 0
  #isOver = false

  /** Resolves when all have lost touch. */
  async run(people: readonly Person[], posts: readonly PostId[]): Promise<void> {
    await Promise.all(
      people.flatMap((person) => [
        this.#lane((n) => this.#like(person, posts[n % posts.length] as PostId)),
        this.#lane((n) => this.#comment(person, posts[n % posts.length] as PostId)),
        this.#lane((n) => this.#follow(person, people[n % people.length] as Person)),
      ]),
    )
  }

  /** Says what nobody knows whether it was heard once more, under the same keys. */
  async repeat(again: (author: Person) => Person): Promise<void> {
    for (const said of this.comments) {
      if (said.comment_id) continue
      const { comment_id, text } = await say(again(said.author), said)
      if (text !== said.text) throw new Error(`"${said.text}" was answered with "${text}"`)
      said.comment_id = comment_id
    }
  }

  async #lane(step: (n: number) => Promise<void>): Promise<void> {
    for (let n = 0; !this.#isOver; n++) {
      try {
        await step(n)
        this.acknowledged += 1
      } catch (error) {
        if (!(error instanceof TintypeError && error.code === 'unavailable')) throw error
        this.#isOver = true
      }
    }
  }

  async #like(person: Person, post_id: PostId): Promise<void> {
    await flip(this.likes, `${person.username} ${post_id}`, (on) =>
      on ? person.like({ post_id }) : person.unlike({ post_id }),
    )
  }

  async #follow(person: Person, other: Person): Promise<void> {
    if (person.username === other.username) return
    await flip(this.follows, `${person.username} ${other.username}`, (on) =>
      on ? person.follow(other) : person.unfollow(other),
    )
  }

  async #comment(author: Person, post_id: PostId): Promise<void> {
    const key = randomUUID()
    const said: Said = { text: `said ${key}`, key, author, post_id, comment_id: undefined }
    this.comments.push(said)
    said.comment_id = (await say(author, said)).comment_id
  }
}

const say = (author: Person, { post_id, text, key }: Said) =>
  author.api.comments.create({ params: { post_id }, body: { text }, headers: { 'idempotency-key': key } })

async function flip(switches: Map<string, Switch>, key: string, set: (on: boolean) => Promise<unknown>) {
  const found = switches.get(key) ?? { acknowledged: false, asked: false }
  switches.set(key, found)
  found.asked = !found.acknowledged
  await set(found.asked)
  found.acknowledged = found.asked
}
