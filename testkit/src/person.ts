import {
  type Authenticated,
  type Body,
  type Client,
  type Comment,
  createClient,
  type Notification,
  type Post,
  type PostId,
  type Profile,
  type Relationship,
  type Routes,
  type Story,
  type StoryId,
  TintypeError,
  type TrayEntry,
  type UploadId,
  type UserId,
} from '@tintype/contract'
import { type Photo, photo } from './photo.ts'

export interface NewPost extends Omit<Body<Routes['posts']['confirm']>, 'upload_ids'> {
  photos?: Photo[]
}

export interface NewStory extends Partial<Omit<Body<Routes['stories']['create']>, 'upload_id'>> {
  photo?: Photo
}

/** Somebody at the front door: every call goes over HTTP. Without `session` a visitor who is not logged in. */
export class Person {
  readonly baseUrl: string
  readonly username: string
  readonly api: Client
  #session: Authenticated | undefined

  constructor(baseUrl: string, username: string, session?: Authenticated) {
    this.baseUrl = baseUrl
    this.username = username
    this.#session = session
    this.api = createClient({
      baseUrl,
      headers: (): Record<string, string> =>
        this.#session?.access_token ? { authorization: `Bearer ${this.#session.access_token}` } : {},
    })
  }

  /** A test that is tried again finds the members of its first try there: it gets others. */
  static async register(baseUrl: string, name: string): Promise<Person> {
    try {
      return await Person.#register(baseUrl, name)
    } catch (error) {
      if (!(error instanceof TintypeError && error.code === 'username_taken')) throw error
      return Person.#register(baseUrl, `${name}.again`)
    }
  }

  static async #register(baseUrl: string, username: string): Promise<Person> {
    const visitor = new Person(baseUrl, username)
    const body = {
      username,
      email: `${username}@example.org`,
      password: Person.password,
      full_name: username,
    }
    return new Person(baseUrl, username, await visitor.api.accounts.register({ body }))
  }

  /** What everybody's password is. */
  static readonly password = 'correct horse battery staple'

  get session(): Authenticated {
    if (!this.#session) throw new Error(`${this.username} is not logged in`)
    return this.#session
  }

  get id(): UserId {
    return this.session.user.user_id
  }

  async logIn(): Promise<void> {
    // By address: the member may go by another name by now.
    const login = `${this.username}@example.org`
    this.#session = await this.api.accounts.login({ body: { login, password: Person.password } })
  }

  /** Proves that it is them, as what is dangerous asks for. */
  prove = () => this.api.accounts.prove({ body: { password: Person.password } })

  /** Deletes their account. */
  async leave(): Promise<void> {
    await this.prove()
    await this.api.accounts.delete()
  }

  goPrivate = () => this.api.members.update({ body: { privacy_level: 'private' } })
  goPublic = () => this.api.members.update({ body: { privacy_level: 'public' } })
  follow = (other: Person): Promise<Relationship> =>
    this.api.graph.follow({ params: { username: other.username } })
  unfollow = (other: Person): Promise<Relationship> =>
    this.api.graph.unfollow({ params: { username: other.username } })
  block = (other: Person): Promise<Relationship> =>
    this.api.graph.block({ params: { username: other.username } })
  accept = (other: Person) => this.api.graph.acceptRequest({ params: { username: other.username } })
  profile = (of: Person): Promise<Profile> => this.api.members.profile({ params: { username: of.username } })

  /** Announces and sends files; answers the upload ids, not yet confirmed. */
  async upload(photos: Photo[]): Promise<UploadId[]> {
    const files = photos.map(({ content_type, size, sha256 }) => ({ content_type, size, sha256 }))
    const { uploads } = await this.api.media.requestUploads({ body: { files } })
    await Promise.all(
      uploads.map(async (ticket, index) => {
        const bytes = new Uint8Array(photos[index]?.bytes ?? [])
        const answer = await fetch(new URL(ticket.url, this.baseUrl), {
          method: ticket.method,
          headers: ticket.headers,
          body: bytes,
        })
        if (!answer.ok) throw new Error(`PUT answered ${answer.status}: ${await answer.text()}`)
      }),
    )
    return uploads.map((ticket) => ticket.upload_id)
  }

  /** Posts one small picture unless given others; it is `processing` until `settle()`. */
  async share({ photos, ...rest }: NewPost = {}): Promise<Post> {
    const upload_ids = await this.upload(photos ?? [await photo(nextSeed++)])
    return this.api.posts.confirm({ body: { ...rest, upload_ids } })
  }

  post = (id: PostId): Promise<Post> => this.api.posts.get({ params: { post_id: id } })
  like = (post: { post_id: PostId }) => this.api.engagement.like({ params: { post_id: post.post_id } })
  unlike = (post: { post_id: PostId }) => this.api.engagement.unlike({ params: { post_id: post.post_id } })
  save = (post: { post_id: PostId }) => this.api.engagement.save({ params: { post_id: post.post_id } })
  delete = (post: { post_id: PostId }) => this.api.posts.delete({ params: { post_id: post.post_id } })

  comment(post: { post_id: PostId }, text: string, parent?: Comment): Promise<Comment> {
    return this.api.comments.create({
      params: { post_id: post.post_id },
      body: { text, parent_comment_id: parent?.comment_id },
    })
  }

  /** Posts a small picture unless given another, for followers unless said otherwise; it is `processing` until `settle()`. */
  async story({ photo: picture, ...rest }: NewStory = {}): Promise<Story> {
    const [upload_id] = await this.upload([
      picture ?? (await photo(nextSeed++, { width: 36, height: 64, format: 'png' })),
    ])
    if (!upload_id) throw new Error('no upload')
    return this.api.stories.create({ body: { audience: 'followers', ...rest, upload_id } })
  }

  viewStory = (story: { story_id: StoryId }) =>
    this.api.stories.view({ params: { story_id: story.story_id } })

  /** Another's stories, oldest first. */
  stories = async (of: Person): Promise<Story[]> =>
    (await this.api.stories.ofAuthor({ params: { username: of.username } })).stories

  /** The first page of the row above the home feed. */
  tray = async (): Promise<TrayEntry[]> => (await this.api.stories.feed()).items

  /** The ids of the first page of the home feed, newest first. */
  async home(sort: 'ranked' | 'chronological' = 'chronological'): Promise<PostId[]> {
    const page = await this.api.feed.home({ query: { sort, limit: 50 } })
    return page.items.map((post) => post.post_id)
  }

  async notifications(): Promise<Notification[]> {
    return (await this.api.notifications.list()).items
  }
}

let nextSeed = 1
