import { CircleIds } from '../circles/schemas.ts'
import { CollaboratorNames } from '../collaborators/schemas.ts'
import { Exact, Nullable, PostId, Type, UploadId } from '../core/schema.ts'
import { FilterId } from '../filters.ts'
import { limits } from '../limits.ts'
import { PhotoEdit, VideoEdit } from '../media/schemas.ts'
import { PersonTags } from './people.ts'
import { AltText, Caption, Place } from './schemas.ts'
import { postChoices, sensitiveMark } from './settings.ts'

/** What a post is made of: finished uploads, and what is said of them. */
export const newPostFields = {
  upload_ids: Type.Array(UploadId, { minItems: 1, maxItems: limits.carousel, uniqueItems: true }),
  caption: Type.Optional(Caption),
  location: Type.Optional(Nullable(Place)),
  ...postChoices,
  ...sensitiveMark,
  people: Type.Optional(PersonTags),
  /** Who is asked to be an author of it too. */
  collaborators: Type.Optional(CollaboratorNames),
  /** It is for these circles of its author alone, for good; not with `collaborators` or `reel`. */
  circles: Type.Optional(CircleIds),
  /** By position, as `upload_ids`; may be shorter. */
  alt_texts: Type.Optional(Type.Array(AltText, { maxItems: limits.carousel })),
  edits: Type.Optional(Type.Array(PhotoEdit, { maxItems: limits.carousel })),
  /** By position as well: of pictures they say nothing. */
  video_edits: Type.Optional(Type.Array(VideoEdit, { maxItems: limits.carousel })),
  /** Makes it a reel: of one video. With `sound_id` that reel's sound is used, and the video has none of its own. */
  reel: Type.Optional(Exact({ share_sound: Type.Optional(Type.Boolean()), sound_id: Type.Optional(PostId) })),
  /** One filter for all pictures that `edits` gives none. */
  filter: Type.Optional(FilterId),
}
