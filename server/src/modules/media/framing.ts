import { type StoryFrame, TintypeError, type UploadId, type UserId, type VideoEdit } from '@tintype/contract'
import type { Purpose } from './imaging/plan.ts'
import type { CheckedUpload, Edits, Uploads } from './uploads.ts'

/** A film's upload, and what is to be made of it. */
export interface FramedFilm {
  upload_id: UploadId
  frame: StoryFrame
  video?: VideoEdit | undefined
}

/** What may be see-through, and is one picture. */
const PLATES = new Set<string>(['image/png', 'image/webp'])

/** As `checkUploads`, of a film and of what lies over it; answers also what is made of the film. */
export async function checkFramed(
  uploads: Pick<Uploads, 'checkUploads'>,
  ownerId: UserId,
  { upload_id, frame, video = {} }: FramedFilm,
  purpose: Purpose,
): Promise<{ uploads: CheckedUpload[]; edits: Edits[] }> {
  const { upload_id: plateId, ...place } = frame
  const checked = await uploads.checkUploads(ownerId, [upload_id, plateId], purpose, [{ video }])
  const [film, plate] = checked
  if (film?.kind !== 'video' || plate?.kind !== 'photo' || !PLATES.has(plate.type))
    throw new TintypeError('media_kind_unwanted')
  const laid = { original_key: plate.object_key, original_sha256: plate.sha256 }
  return { uploads: checked, edits: [{ video: { ...video, frame: { ...place, plate: laid } } }] }
}
