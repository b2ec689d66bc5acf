import { type CommentId, type PostId, TintypeError, type UserId } from '@tintype/contract'
import {
  areBlocked,
  type FeedReference,
  isVisible,
  type ReferencePost,
  type Truth,
} from './feed-reference.ts'
import { Person } from './person.ts'
import { photo } from './photo.ts'
import { publish } from './published.ts'
import type { TestSystem } from './system.ts'

type Between =
  | 'follow'
  | 'unfollow'
  | 'accept'
  | 'rejectRequest'
  | 'removeFollower'
  | 'block'
  | 'unblock'
  | 'mute'
  | 'unmute'
type OnPost = 'delete' | 'edit' | 'like' | 'unlike' | 'save' | 'unsave' | 'comment' | 'uncomment'

/** What members do. Numbers are taken modulo what there is, so that any sequence can be played. */
export type Change =
  | { do: Between; who: number; whom: number }
  | { do: OnPost; who: number; post: number }
  | { do: 'goPrivate' | 'goPublic' | 'rename' | 'share'; who: number }
  | { do: 'publish'; who: number; posts: number; tag: number }
/** What can happen. */
export type Act =
  | Change
  /** All at once, while everybody reads. */
  | { do: 'together'; changes: Change[] }
  | { do: 'settle' }
  | { do: 'forgetCaches' }
  | { do: 'loseTimeline'; who: number }
  | { do: 'pass'; seconds: number }

export const sceneTags = ['dawn', 'noon', 'dusk']

/** Some members, what they do to each other, and what they must be shown. */
export class FeedScene {
  readonly system: TestSystem
  readonly reference: FeedReference
  readonly people: Person[]
  /** `viewer author`: since the last settling the author's posts may have left the viewer's timeline. */
  readonly disturbed = new Set<string>()
  isSettled = true
  /** While changes race each other nobody can say which are allowed. */
  #isRace = false
  readonly #loggedInAt = new Map<Person, number>()
  readonly #comments = new Map<string, CommentId[]>()

  private constructor(system: TestSystem, reference: FeedReference, people: Person[]) {
    this.system = system
    this.reference = reference
    this.people = people
  }

  static async open(system: TestSystem, reference: FeedReference, names: string[]): Promise<FeedScene> {
    const people: Person[] = []
    for (const name of names) people.push(await Person.register(system.baseUrl, name))
    const scene = new FeedScene(system, reference, people)
    for (const person of people) scene.#loggedInAt.set(person, system.clock.now())
    return scene
  }

  get ids(): UserId[] {
    return this.people.map((person) => person.id)
  }

  truth(): Promise<Truth> {
    return this.reference.read(this.ids)
  }

  /** A member, logged in. */
  async member(index: number): Promise<Person> {
    const person = this.people[index % this.people.length] as Person
    const { clock } = this.system
    if (clock.now() - (this.#loggedInAt.get(person) ?? 0) > 3_000_000) {
      await person.logIn()
      this.#loggedInAt.set(person, clock.now())
    }
    return person
  }

  async settle(): Promise<void> {
    await this.system.settle()
    this.disturbed.clear()
    this.isSettled = true
  }

  /** Does it; throws where the server allows what the truth forbids, or the other way round. */
  async play(act: Act): Promise<void> {
    const { system } = this
    system.clock.advance(500)
    if (act.do === 'settle') return this.settle()
    if (act.do === 'forgetCaches') return system.engines.cache.clear()
    if (act.do === 'pass') {
      // Own changes are counted at once for a minute; events that wait longer than that are not what this is about.
      await this.settle()
      return system.clock.advance(act.seconds * 1000)
    }
    this.isSettled = false
    if (act.do === 'together') return this.#together(act.changes)
    if (act.do === 'loseTimeline') return this.#loseTimeline(await this.member(act.who))
    return this.#change(act)
  }

  async #together(changes: readonly Change[]): Promise<void> {
    const readers = await Promise.all(this.people.map((_, index) => this.member(index)))
    this.#isRace = true
    try {
      await Promise.all([
        ...changes.map((change) => this.#change(change)),
        ...readers.flatMap((reader) => [reader.home(), reader.home('ranked').then(() => reader.home())]),
      ])
    } finally {
      this.#isRace = false
    }
    if (changes.some((change) => change.do === 'goPublic')) await this.settle()
  }

  async #change(act: Change): Promise<void> {
    const person = await this.member(act.who)
    const truth = await this.truth()
    if ('whom' in act) return this.#between(act.do, person, await this.member(act.whom), truth)
    if ('post' in act) return this.#onPost(act.do, person, act.post, truth)
    if (act.do === 'publish') await this.#publish(person, act.posts, act.tag)
    else if (act.do === 'share') await person.share({ photos: [await tiny()], caption: 'real #noon' })
    else if (act.do === 'rename') await this.#rename(person, truth)
    else await this.#setPrivacy(person, act.do === 'goPrivate')
  }

  /**
   * The timeline store has lost a timeline, no cache remembers it, and the member opens their feed. (What is pushed before they do
   * makes what is left look whole.)
   */
  async #loseTimeline(person: Person): Promise<void> {
    await this.settle()
    await this.system.engines.timelineStore.clear([person.id])
    await this.system.engines.cache.clear()
    await person.home()
  }

  async #publish(person: Person, count: number, tag: number): Promise<void> {
    const captions = Array.from(
      { length: count },
      (_, n) => `${n} #${sceneTags[(tag + n) % sceneTags.length]}`,
    )
    await publish(this.system, person, captions)
  }

  async #rename(person: Person, truth: Truth): Promise<void> {
    const name = truth.members.get(person.id)?.username ?? ''
    const username = name.endsWith('.too') ? name.slice(0, -4) : `${name}.too`
    await person.api.members.update({ body: { username } })
  }

  async #setPrivacy(person: Person, isPrivate: boolean): Promise<void> {
    await person.api.members.update({ body: { privacy_level: isPrivate ? 'private' : 'public' } })
    // Requests that wait are accepted by a consumer, so the truth itself is on the move.
    if (!isPrivate && !this.#isRace) await this.settle()
  }

  async #between(change: Between, person: Person, other: Person, truth: Truth): Promise<void> {
    const [from, to] = [person.id, other.id]
    const isHidden = from === to || areBlocked(truth, from, to)
    const asks = truth.requests.has(`${to} ${from}`)
    const follows = truth.following.has(`${to} ${from}`)
    const isAllowed = {
      follow: !isHidden,
      unfollow: !isHidden,
      accept: asks || follows,
      rejectRequest: asks,
      removeFollower: !isHidden,
      block: !isHidden || truth.blocks.has(`${from} ${to}`),
      unblock: !isHidden || truth.blocks.has(`${from} ${to}`),
      mute: !isHidden,
      unmute: !isHidden,
    }[change]
    const params = { username: truth.members.get(to)?.username ?? '' }
    const call = change === 'accept' ? person.api.graph.acceptRequest : person.api.graph[change]
    await this.#expect(change, isAllowed, () => call({ params }))
    if (change === 'unfollow' || change === 'block') this.disturbed.add(`${from} ${to}`)
    if (change === 'removeFollower' || change === 'block') this.disturbed.add(`${to} ${from}`)
  }

  async #onPost(change: OnPost, person: Person, nth: number, truth: Truth): Promise<void> {
    const isOwn = change === 'delete' || change === 'edit'
    const among = isOwn ? truth.posts.filter((post) => post.author_id === person.id) : truth.posts
    const post = among[nth % among.length]
    // Others' posts in the making may be published at any moment.
    if (!post || (post.status === 'processing' && post.author_id !== person.id)) return
    if (change === 'uncomment') return this.#uncomment(person, post)
    const { post_id } = post
    const params = { post_id }
    const caption = `edited #${sceneTags[nth % sceneTags.length]}`
    const calls = {
      delete: () => person.delete(post),
      edit: () => person.api.posts.edit({ params, body: { caption } }),
      like: () => person.like(post),
      unlike: () => person.unlike(post),
      save: () => person.save(post),
      unsave: () => person.api.engagement.unsave({ params }),
      comment: () => this.#comment(person, post_id),
    }
    await this.#expect(change, isVisible(truth, person.id, post), calls[change])
  }

  async #comment(person: Person, post_id: PostId): Promise<void> {
    const { comment_id } = await person.comment({ post_id }, 'a word')
    const key = `${person.id} ${post_id}`
    this.#comments.set(key, [...(this.#comments.get(key) ?? []), comment_id])
  }

  async #uncomment(person: Person, { post_id }: ReferencePost): Promise<void> {
    const comment_id = this.#comments.get(`${person.id} ${post_id}`)?.pop()
    if (comment_id)
      await this.#expect('uncomment', true, () => person.api.comments.delete({ params: { comment_id } }))
  }

  async #expect(change: string, isAllowed: boolean, call: () => Promise<unknown>): Promise<void> {
    const code = await refusalOf(call)
    if (!this.#isRace && isAllowed !== (code === undefined))
      throw new Error(`${change} should be ${isAllowed ? 'allowed' : 'refused'} but was ${code ?? 'allowed'}`)
  }
}

/** The same each time, so that its renditions are made once. */
let tinyPhoto: ReturnType<typeof photo> | undefined
function tiny() {
  tinyPhoto ??= photo(1, { width: 16, height: 16, format: 'png' })
  return tinyPhoto
}

async function refusalOf(call: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await call()
    return undefined
  } catch (error) {
    if (error instanceof TintypeError && ['not_found', 'cannot_target_self'].includes(error.code))
      return error.code
    throw error
  }
}
