import {
  type Body,
  type MediaId,
  type PhotoEdit,
  type PostId,
  type ReelTraits,
  type Routes,
  TintypeError,
  type UploadId,
  type UploadKind,
  type UserId,
  type VideoEdit,
} from '@tintype/contract'
import { idTime } from '../../kit/ids.ts'
import type { Texts } from '../../text/texts.ts'
import type { Circles } from '../graph/api.ts'
import type { CommunityWords } from '../moderation/api.ts'
import type { Collaborations } from './collaborations.ts'
import type { Tagging } from './people.ts'
import { commentersOf } from './post-choices.ts'
import type { PostsReader } from './reader.ts'
import type { NewPostRow } from './store.ts'

/** What a post is made of, and what is said of it. */
export type NewPostBody = Body<Routes['posts']['confirm']>

/** What the media module knows of an upload that stood every check; handed back to it untouched. */
export interface CheckedFile {
  kind: UploadKind
}

/** What is to be done to a file before it is shown: the one that is for its kind. */
export interface Edits {
  photo: PhotoEdit | undefined
  video: VideoEdit | undefined
}

export interface DraftingDeps<Checked extends CheckedFile> {
  texts: Pick<Texts, 'resolve'>
  tagging: Pick<Tagging, 'resolve'>
  collaborating: Pick<Collaborations, 'resolve'>
  circles: Pick<Circles, 'assertOwn'>
  words: Pick<CommunityWords, 'assertFree'>
  posts: Pick<PostsReader, 'visible'>
  media: {
    checkUploads(
      ownerId: UserId,
      uploadIds: readonly UploadId[],
      purpose: 'post',
      edits: readonly Edits[],
    ): Promise<Checked[]>
  }
}

interface Asked {
  author_id: UserId
  post_id: PostId
  media_ids: readonly MediaId[]
  /** Made elsewhere, and brought along. */
  imported?: boolean
}

/** What becomes of a request for a post, before anything is written. */
export class Drafting<Checked extends CheckedFile> {
  readonly #deps: DraftingDeps<Checked>

  constructor(deps: DraftingDeps<Checked>) {
    this.#deps = deps
  }

  /** Rejects with the caption's, the people's or the sound's error. */
  async row(
    { author_id, post_id, media_ids, imported = false }: Asked,
    body: Omit<NewPostBody, 'upload_ids'>,
  ): Promise<NewPostRow> {
    const { caption = '' } = body
    await this.#deps.words.assertFree(caption)
    await this.#assertCircles(author_id, body)
    return {
      post_id,
      author_id,
      status: 'processing',
      failure_code: null,
      media: media_ids.map((media_id, index) => ({ media_id, alt_text: body.alt_texts?.[index] ?? '' })),
      caption,
      facets: await this.#facetsOf(author_id, caption, imported),
      location: body.location ?? null,
      reel: await this.#reelOf(author_id, body),
      comments_from: commentersOf(body) ?? null,
      likes_hidden: body.likes_hidden ?? null,
      downloads_allowed: body.downloads_allowed ?? null,
      sensitive: false,
      sensitive_by_author: body.sensitive ?? false,
      pinned: false,
      imported,
      people: await this.#deps.tagging.resolve(
        author_id,
        body.people ?? [],
        media_ids.map((media_id) => ({ media_id })),
      ),
      created_at: new Date(idTime(post_id)),
      circles: body.circles ?? [],
      collaborators: await this.#deps.collaborating.resolve(author_id, body.collaborators ?? []),
      edited_at: null,
    }
  }

  async #assertCircles(authorId: UserId, { circles, reel, collaborators = [] }: Partial<NewPostBody>) {
    if (!circles) return
    if (reel || collaborators.length > 0) throw new TintypeError('circles_refused')
    await this.#deps.circles.assertOwn(authorId, circles)
  }

  /** Rejects with the upload's error. */
  async files(authorId: UserId, body: NewPostBody): Promise<{ uploads: Checked[]; edits: Edits[] }> {
    const edits = editsOf(body)
    const uploads = await this.#deps.media.checkUploads(authorId, body.upload_ids, 'post', edits)
    if (body.reel && (uploads.length !== 1 || uploads[0]?.kind !== 'video'))
      throw new TintypeError('reel_needs_video')
    return { uploads, edits }
  }

  /** Names in what was written elsewhere mean others than those who go by them here; and its links may be more than are taken. */
  async #facetsOf(authorId: UserId, caption: string, imported: boolean) {
    const { texts } = this.#deps
    if (!imported) return texts.resolve(authorId, caption)
    const facets = await texts.resolve(authorId, caption).catch(() => [])
    return facets.filter(({ type }) => type !== 'mention')
  }

  /** What is asked of a reel; a sound that may not be used and one that is not there are the same. */
  async #reelOf(authorId: UserId, { reel }: Pick<NewPostBody, 'reel'>): Promise<ReelTraits | null> {
    if (!reel) return null
    const { share_sound = false, sound_id } = reel
    if (sound_id === undefined) return { shares_sound: share_sound, sound_id: null }
    const origin = (await this.#deps.posts.visible(authorId, [sound_id])).get(sound_id)
    if (origin?.status !== 'published' || !origin.reel?.shares_sound)
      throw new TintypeError('sound_unavailable')
    return { shares_sound: false, sound_id }
  }
}

/** By position; the post's common filter goes to the pictures that name none. */
const editsOf = (body: NewPostBody): Edits[] =>
  body.upload_ids.map((_, index) => {
    const edit = body.edits?.[index]
    const photo = body.filter && !edit?.filter ? { ...edit, filter: body.filter } : edit
    const cut = body.video_edits?.[index]
    // Another's sound is played beside it.
    return { photo, video: body.reel?.sound_id ? { ...cut, mute: true } : cut }
  })
