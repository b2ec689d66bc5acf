import {
  type Body,
  limits,
  parseFacets,
  type Routes,
  textLength,
  tidyText,
  type VideoEdit,
} from '@tintype/contract'
import { type Draft, isFilm, isReel, type Shot, type Source } from './draft.ts'
import { filterEditOf, photoEditOf } from './look.ts'

/** A post without its pictures' upload ids, which are known only once all have arrived. */
type PostText = Omit<Body<Routes['posts']['confirm']>, 'upload_ids'>

/** The post as the server takes it, but for the upload ids. */
export function postTextOf(draft: Draft): PostText {
  const { shots, sources, caption, place, altTexts, people, commentsFrom, likesHidden } = draft
  const pictures = shots.present
  const tagged = pictures.flatMap(({ id }, picture) => (people[id] ?? []).map((tag) => ({ ...tag, picture })))
  const videoEdits = pictures.map((shot) => videoEditOf(shot, sources.get(shot.id)))
  return {
    caption: caption.trim(),
    location: place?.name.trim() ? { ...place, name: place.name.trim() } : null,
    ...(tagged.length > 0 && { people: tagged }),
    ...withWhom(draft),
    ...(commentsFrom !== null && { comments_from: commentsFrom }),
    ...(likesHidden !== null && { likes_hidden: likesHidden }),
    ...(draft.downloadsAllowed !== null && { downloads_allowed: draft.downloadsAllowed }),
    ...(draft.sensitive && { sensitive: true }),
    ...(isReel(draft) && { reel: reelOf(draft) }),
    alt_texts: pictures.map(({ id }) => (altTexts[id] ?? '').trim()),
    edits: pictures.map(({ id, framing, look }) =>
      sources.get(id)?.kind === 'video' ? {} : photoEditOf(framing, look, sources.get(id)?.size),
    ),
    ...(videoEdits.some((edit) => Object.keys(edit).length > 0) && { video_edits: videoEdits }),
  }
}

const withWhom = ({ circles, authors }: Draft): Pick<PostText, 'circles' | 'collaborators'> => {
  if (circles.length > 0) return { circles: [...circles] }
  return authors.length > 0 ? { collaborators: authors.map(({ username }) => username) } : {}
}

const reelOf = ({ sound, sharesSound, shots }: Draft): PostText['reel'] =>
  sound ? { sound_id: sound.sound_id } : { share_sound: sharesSound && !shots.present[0]?.cut.mute }

/** As the server takes it: milliseconds, and only what differs. */
function videoEditOf({ cut, look }: Shot, source: Source | undefined): VideoEdit {
  if (!source || !isFilm(source)) return {}
  const { start, end, mute, cover, speed } = cut
  const ms = (seconds: number) => Math.round(seconds * 1000)
  const last = end ?? source.seconds
  // Where it is faster the cover is counted in what is shown.
  const faster =
    speed !== 1 && last !== undefined ? [{ start_ms: ms(start), end_ms: ms(last), speed }] : undefined
  const clips = cut.clips ?? faster
  return {
    ...(clips
      ? { clips: [...clips] }
      : { ...(start > 0 && { start_ms: ms(start) }), ...(end !== null && { end_ms: ms(end) }) }),
    ...(mute && { mute }),
    ...(cover !== null && { cover_ms: ms(faster ? Math.max(0, cover - start) / speed : cover) }),
    ...filterEditOf(look),
  }
}

export interface CaptionCheck {
  /** Characters left, as the server counts them. */
  left: number
  hashtags: number
  mentions: number
  /** Nothing stands against posting it. */
  ok: boolean
}

export function checkCaption(caption: string): CaptionCheck {
  const facets = parseFacets(caption)
  const count = (type: 'hashtag' | 'mention') => facets.filter((facet) => facet.type === type).length
  const hashtags = count('hashtag')
  const mentions = count('mention')
  const left = limits.caption - textLength(tidyText(caption, 'lines'))
  return {
    left,
    hashtags,
    mentions,
    ok: left >= 0 && hashtags <= limits.hashtagsPerCaption && mentions <= limits.mentionsPerCaption,
  }
}
