import { stillUrl } from '@tintype/contract'
import type { LinkPreview, Preview } from '../gateway/preview.ts'
import { type SubjectPreview, type Subjects, subjectKey } from '../modules/subject.ts'

/** What is told of a page where its link is shared: what a visitor would see, and nothing of private accounts. */
export const linkPreview =
  (subjects: Pick<Subjects, 'at' | 'previews'>): Preview =>
  async (path) => {
    const subject = await subjects.at(path)
    if (!subject) return null
    const preview = (await subjects.previews(null, [subject])).get(subjectKey(subject))
    return preview && !preview.author.is_private ? linkPreviewOf(preview) : null
  }

function linkPreviewOf({ type, address, author, text, picture }: SubjectPreview): LinkPreview | null {
  const name = author.full_name || author.username
  const title = `${name} (@${author.username})`
  const by = { author: { username: author.username, name } }
  if (type === 'profile')
    return {
      ...{ address, type, title, ...by },
      description: `Photographs by ${name}`,
      image: author.profile_picture,
    }
  if (!picture) return null
  return {
    ...{ address, type, title, ...by },
    description: text || `A photograph by ${name}`,
    image: stillUrl(picture),
    image_width: picture.width,
    image_height: picture.height,
    image_alt: picture.alt_text,
  }
}
