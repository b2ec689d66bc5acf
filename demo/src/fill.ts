import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { CollectionId, CommentId, PostId, StoryId } from '@tintype/contract'
import type { FakeClock } from '@tintype/server/kit/clock'
import sharp from 'sharp'
import { Account, PASSWORD } from './account.ts'
import { type Action, almanac } from './almanac.ts'
import { groups, members } from './community/index.ts'
import { talks } from './community/talks.ts'
import { type TalkAction, talkActions } from './conversations.ts'
import { photographs as described } from './photographs.ts'
import { type ReelAction, reelActions } from './reels.ts'
import type { Entry, Member, Shot } from './script.ts'
import { type StoryAction, storyActions } from './stories.ts'
import { Talker } from './talker.ts'

const photographs = new URL('../photographs/', import.meta.url)
/** What is to be seen on each. */
const pictures = new Map(Object.entries(described).map(([name, [, , alt]]) => [name, alt]))
const fileOf = ({ photograph }: Shot) => new URL(`${photograph}.jpg`, photographs)

export interface Filling {
  baseUrl: string
  clock: FakeClock
  /** Milliseconds; what has happened by then has happened in the demo. */
  now: number
  /** Called as posts are made. */
  onProgress(posts: number, of: number): void
  /** Ends the filling between two actions. */
  signal: AbortSignal
}

/** Lives the community's weeks over HTTP, moving the system's clock along from action to action. */
export async function fill({ baseUrl, clock, now, onProgress, signal }: Filling): Promise<void> {
  const life = new Life(baseUrl, clock)
  const weeks = almanac(groups, now)
  const { video } = await new Account(baseUrl, 'visitor').api.community.get()
  const reels = video ? reelActions(members, now) : []
  const actions = [...weeks, ...storyActions(members, weeks, now), ...talkActions(talks, now), ...reels].sort(
    (a, b) => a.at - b.at,
  )
  const total = actions.filter((action) => action.do === 'post').length
  let posts = 0
  for (const action of actions) {
    signal.throwIfAborted()
    clock.advance(Math.max(0, Math.round(action.at) - clock.now()))
    await life.live(action)
    if (action.do === 'post') onProgress(++posts, total)
  }
  clock.advance(now - clock.now())
  await life.end()
}

/** How many ms a photograph may take until it is visible, while the machine is busy with others. */
const PATIENCE = 60_000

class Life {
  readonly #baseUrl: string
  readonly #clock: Pick<FakeClock, 'now'>
  readonly #accounts = new Map<string, Account>()
  readonly #posts = new Map<string, { post_id: PostId; author: Account; isPublished: boolean }>()
  readonly #comments = new Map<string, CommentId>()
  readonly #collections = new Map<string, CollectionId>()
  readonly #stories = new Map<string, { story_id: StoryId; author: Account; isPublished: boolean }>()

  readonly #talker = new Talker({
    account: (username) => this.#account(username),
    published: (post) => this.#published(post),
    fileOf,
  })

  constructor(baseUrl: string, clock: Pick<FakeClock, 'now'>) {
    this.#baseUrl = baseUrl
    this.#clock = clock
  }

  async live(action: Action | StoryAction | TalkAction | ReelAction): Promise<void> {
    if ('talk' in action) return this.#talker.live(action)
    if (action.do === 'join') return this.#join(action.who)
    const { api } = this.#account(action.who)
    switch (action.do) {
      case 'follow':
        await api.graph.follow({ params: { username: action.whom } })
        return
      case 'accept':
        await api.graph.acceptRequest({ params: { username: action.whom } })
        return
      case 'post':
        return this.#post(action.who, action.post, action.entry)
      case 'reel':
        return this.#reel(action)
      case 'watch':
        return this.#watch(action)
      case 'like':
        await api.engagement.like({ params: { post_id: await this.#published(action.post) } })
        return
      case 'repost':
        await api.reposts.repost({ params: { post_id: await this.#published(action.post) } })
        return
      case 'save':
        return this.#save(action)
      case 'comment':
        return this.#comment(action)
      case 'likeComment':
        await api.comments.like({ params: { comment_id: known(this.#comments, action.comment) } })
        return
      case 'read':
        await api.notifications.markRead({ body: {} })
        return
      case 'story':
        return this.#story(action)
      case 'view':
        return this.#view(action)
      case 'highlight': {
        const story_ids: StoryId[] = []
        for (const story of action.stories) story_ids.push(await this.#publishedStory(story))
        await api.highlights.create({ body: { title: action.title, story_ids } })
      }
    }
  }

  /** Waits for what is still in the darkroom, and logs everyone out. */
  async end(): Promise<void> {
    await this.#schedule()
    await this.#shareWithCircle()
    for (const post of this.#posts.keys()) await this.#published(post)
    for (const story of this.#stories.keys()) await this.#publishedStory(story)
    await this.#makeTogether()
    await this.#announce()
    for (const account of this.#accounts.values()) await account.logOut()
  }

  async #join({ username, name, bio, avatar, isPrivate }: Member): Promise<void> {
    const account = new Account(this.#baseUrl, username)
    await account.register(name)
    const isOwner = this.#accounts.size === 0
    this.#accounts.set(username, account)
    const [avatar_upload_id] = await account.upload([await portrait(avatar)])
    const privacy_level = isPrivate ? 'private' : 'public'
    await account.api.members.update({ body: { bio, avatar_upload_id, privacy_level } })
    if (!isOwner) return
    const description = 'A small club of people who take pictures, and say kind things about each other’s.'
    await account.api.community.update({ body: { name: 'Safelight', description, registration: 'open' } })
    await account.api.moderation.verify({ params: { username }, body: { verified: true } })
  }

  async #post(who: string, post: string, { shots, caption, place }: Entry): Promise<void> {
    const author = this.#account(who)
    const upload_ids = await author.upload(await Promise.all(shots.map((shot) => readFile(fileOf(shot)))))
    const { post_id } = await author.api.posts.confirm({
      body: {
        upload_ids,
        caption,
        location: place ?? null,
        alt_texts: shots.map(({ alt }) => alt),
        edits: shots.map(({ edit }) => edit),
      },
    })
    this.#posts.set(post, { post_id, author, isPublished: false })
  }

  /** The first member's last post was made with the second. */
  async #makeTogether(): Promise<void> {
    const [first, second] = [...this.#accounts]
    const post = [...this.#posts.values()].findLast(({ author }) => author === first?.[1])
    if (!first || !second || !post) return
    const { post_id } = post
    await first[1].api.collaborators.invite({ params: { post_id, username: second[0] } })
    await second[1].api.collaborators.accept({ params: { post_id } })
  }

  /** The second member shares a picture with a circle that the first is in, who has a circle too. */
  async #shareWithCircle(): Promise<void> {
    const [first, second, third] = [...this.#accounts]
    const [photograph, alt] = [...pictures][1] ?? []
    if (!first || !second || !third || !photograph || !alt) return
    const circle = async ([, { api }]: [string, Account], name: string, others: [string, Account][]) => {
      const { circle_id } = await api.circles.create({ body: { name } })
      for (const [username] of others) await api.circles.addMember({ params: { circle_id, username } })
      return circle_id
    }
    await circle(first, 'Thursday darkroom', [second, third])
    const circles = [await circle(second, 'Test strips', [first, third])]
    const [who, author] = second
    await first[1].api.graph.follow({ params: { username: who } })
    const upload_ids = await author.upload([await readFile(new URL(`${photograph}.jpg`, photographs))])
    const caption = 'Not for everybody yet: which half is too dark?'
    const { post_id } = await author.api.posts.confirm({
      body: { upload_ids, caption, circles, alt_texts: [alt] },
    })
    this.#posts.set(`${who}/circle`, { post_id, author, isPublished: false })
  }

  /** What the owner, who came first, tells everybody. */
  async #announce(): Promise<void> {
    const [owner] = this.#accounts.values()
    await owner?.api.accounts.prove({ body: { password: PASSWORD } })
    const text =
      'The darkroom is open every Thursday from seven. Bring a negative, and a sandwich for whoever mixes the fixer.'
    await owner?.api.announcements.make({ body: { text } })
  }

  /** What the first member leaves for later. */
  async #schedule(): Promise<void> {
    const [author] = this.#accounts.values()
    const [photograph, alt] = [...pictures][0] ?? []
    if (!author || !photograph || !alt) return
    const publish_at = new Date(this.#clock.now() + 3 * 86_400_000).toISOString()
    const upload_ids = await author.upload([await readFile(new URL(`${photograph}.jpg`, photographs))])
    const body = { upload_ids, publish_at, caption: 'From the same walk. #light', alt_texts: [alt] }
    await author.api.scheduled.create({ body })
  }

  async #reel({ who, post, reel }: Extract<ReelAction, { do: 'reel' }>): Promise<void> {
    const { clipOf } = await import('./clips.ts')
    const author = this.#account(who)
    const { photograph, tone, caption, sharesSound = false, soundOf } = reel
    const clip = await clipOf(new URL(`${photograph}.jpg`, photographs), tone)
    const sound_id = soundOf && (await this.#published(`${soundOf}/reel`))
    const { post_id } = await author.api.posts.confirm({
      body: {
        upload_ids: await author.upload([clip], 'video/mp4'),
        caption,
        alt_texts: [known(pictures, photograph)],
        reel: sound_id ? { sound_id } : { share_sound: sharesSound },
      },
    })
    this.#posts.set(post, { post_id, author, isPublished: false })
  }

  async #watch({ who, post, share, again }: Extract<ReelAction, { do: 'watch' }>): Promise<void> {
    const length_ms = 5000
    const watch = {
      post_id: await this.#published(post),
      watched_ms: Math.round(share * length_ms),
      length_ms,
      completed: share === 1,
      replays: again ? 1 : 0,
      sound_on: false,
    }
    await this.#account(who).api.reels.watched({ body: { watches: [watch] } })
  }

  async #comment({ who, post, comment, text, under }: Extract<Action, { do: 'comment' }>): Promise<void> {
    const parent_comment_id = under ? known(this.#comments, under) : undefined
    const post_id = await this.#published(post)
    const { api } = this.#account(who)
    const { comment_id } = await api.comments.create({
      params: { post_id },
      body: { text, parent_comment_id },
    })
    this.#comments.set(comment, comment_id)
  }

  async #save({ who, post, into }: Extract<Action, { do: 'save' }>): Promise<void> {
    const post_id = await this.#published(post)
    const { api } = this.#account(who)
    const collection_id = this.#collections.get(`${who}/${into}`)
    if (!into) await api.engagement.save({ params: { post_id } })
    else if (collection_id) await api.collections.addPost({ params: { collection_id, post_id } })
    else {
      const made = await api.collections.create({ body: { name: into, post_id } })
      this.#collections.set(`${who}/${into}`, made.collection_id)
    }
  }

  async #story({ who, story, shot, question }: Extract<StoryAction, { do: 'story' }>): Promise<void> {
    const author = this.#account(who)
    const [upload_id] = await author.upload([await screenful(shot)])
    if (!upload_id) return
    const place = { x: 0.5, y: 0.75, width: 0.7, rotation: 0 }
    const poll = { kind: 'poll' as const, question, options: ['Yes', 'Not sure'], ...place }
    const { story_id } = await author.api.stories.create({
      body: { upload_id, alt_text: shot.alt, audience: 'followers', stickers: question ? [poll] : [] },
    })
    this.#stories.set(story, { story_id, author, isPublished: false })
  }

  async #view({ who, story, reaction, choice }: Extract<StoryAction, { do: 'view' }>): Promise<void> {
    const { api } = this.#account(who)
    const params = { story_id: await this.#publishedStory(story) }
    await api.stories.view({ params })
    if (reaction) await api.stories.react({ params, body: { emoji: reaction } })
    if (choice !== undefined)
      await api.stories.answer({ params: { ...params, sticker: 0 }, body: { choice } })
  }

  async #publishedStory(name: string): Promise<StoryId> {
    const story = known(this.#stories, name)
    await this.#until(name, story, async () => {
      const { status, failure } = await story.author.api.stories.get({ params: story })
      if (status === 'failed') throw new Error(`the story ${name} failed: ${failure?.code}`)
      return status === 'published'
    })
    return story.story_id
  }

  /** The post, once others can see it. The clock stands meanwhile, so it is patience of the real one. */
  async #published(name: string): Promise<PostId> {
    const post = known(this.#posts, name)
    await this.#until(name, post, () => post.author.isPublished(post.post_id))
    return post.post_id
  }

  async #until(name: string, thing: { isPublished: boolean }, look: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + PATIENCE
    while (!thing.isPublished) {
      thing.isPublished = await look()
      if (thing.isPublished) break
      if (performance.now() > deadline) throw new Error(`the photograph of ${name} did not become visible`)
      await pause(15)
    }
  }

  #account(username: string): Account {
    return known(this.#accounts, username)
  }
}

function known<V>(map: ReadonlyMap<string, V>, key: string): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`the demo's story has no ${key} yet`)
  return value
}

/** A square of at most 480 px: the avatar route takes pictures as they are. */
async function portrait(shot: Shot): Promise<Buffer> {
  const { width, height } = await sharp(fileOf(shot).pathname).metadata()
  const { x = 0, y = 0, width: across = 1, height: down = 1 } = shot.edit.crop ?? {}
  const area = {
    left: Math.round(x * width),
    top: Math.round(y * height),
    width: Math.floor(across * width),
    height: Math.floor(down * height),
  }
  return sharp(fileOf(shot).pathname)
    .extract(area)
    .resize(480, 480, { withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer()
}

/** As a phone's screen is shaped, cut to what is looked at. */
const screenful = (shot: Shot): Promise<Buffer> =>
  sharp(fileOf(shot).pathname)
    .resize(1080, 1920, { fit: 'cover', position: 'attention' })
    .jpeg({ quality: 85 })
    .toBuffer()
