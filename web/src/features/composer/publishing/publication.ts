import type { Post, PostId } from '@tintype/contract'
import { createCell } from '../../../kit/cell.ts'
import type { FailureCode } from '../../../upload/failure.ts'
import type { Pause } from '../../../upload/retry.ts'
import { fractionOfAll, type Transfer } from '../../../upload/transfer.ts'

/**
 * A shared post on its way: sending -> confirming -> processing -> published, or failed from anywhere, and from there back to
 * sending (try again), to the composer (edit again), or away (discard).
 */
export interface Publication {
  /** The draft's. */
  id: string
  /** Pictures, in order, by the page's own names. */
  fileIds: readonly string[]
  stage: 'sending' | 'confirming' | 'processing' | 'published' | 'failed'
  pause: Pause | null
  failure: FailureCode | null
  /** The file that `failure` is about, where it is about one. */
  failedFile: string | null
  postId: PostId | null
  /** It waits on the server for this time. */
  scheduledAt: string | null
  /** How far its films are made, 0…1; null where nothing is told of it. */
  made: number | null
  /** A small picture of the first one; null where the browser cannot show it. */
  thumbnail: ImageBitmap | null
}

export type PublicationFact =
  | { type: 'began' }
  | { type: 'staged'; stage: 'sending' | 'confirming' | 'processing'; post?: Post | undefined }
  | { type: 'paused'; pause: Pause | null }
  | { type: 'published'; post: Post }
  | { type: 'scheduled'; at: string }
  | { type: 'failed'; code: FailureCode; fileId?: string | undefined }

export const newPublication = (
  id: string,
  fileIds: readonly string[],
  thumbnail: ImageBitmap | null,
): Publication => ({
  id,
  fileIds,
  stage: 'sending',
  pause: null,
  failure: null,
  failedFile: null,
  postId: null,
  scheduledAt: null,
  made: null,
  thumbnail,
})

export function advancePublication(publication: Publication, fact: PublicationFact): Publication {
  switch (fact.type) {
    case 'began':
      return newPublication(publication.id, publication.fileIds, publication.thumbnail)
    case 'staged':
      return {
        ...publication,
        stage: fact.stage,
        pause: null,
        postId: fact.post?.post_id ?? publication.postId,
      }
    case 'paused':
      return { ...publication, pause: fact.pause }
    case 'published':
      return { ...publication, stage: 'published', pause: null, postId: fact.post.post_id }
    case 'scheduled':
      return { ...publication, stage: 'published', pause: null, scheduledAt: fact.at }
    case 'failed':
      return {
        ...publication,
        stage: 'failed',
        pause: null,
        failure: fact.code,
        failedFile: fact.fileId ?? null,
      }
  }
}

/** Leaving the page now would interrupt it. Once the server has it, it goes on without us. */
export const isUnsafeToLeave = ({ stage }: Publication): boolean =>
  stage === 'sending' || stage === 'confirming'

/** 0…1. The bytes are most of the way; confirming and processing are the rest. */
export function progressOf(
  { stage, fileIds, made }: Publication,
  transfers: ReadonlyMap<string, Transfer>,
): number {
  if (stage === 'published') return 1
  if (stage === 'processing') return made ?? 0.96
  if (stage === 'confirming') return 0.92
  return 0.9 * fractionOfAll(fileIds.flatMap((id) => transfers.get(id) ?? []))
}

/** Why nothing moves, for the post itself or for one of its files; null while it does. */
export function pauseOf(
  { pause, stage, fileIds }: Publication,
  transfers: ReadonlyMap<string, Transfer>,
): Pause | null {
  if (pause || stage !== 'sending') return pause
  return fileIds.map((id) => transfers.get(id)?.pause).find(Boolean) ?? null
}

/** Those of this page, oldest first; what the chip shows. */
export const publications = createCell<readonly Publication[]>([])

/** So much of a post's film is made. */
export function noteMade(postId: string, made: number): void {
  publications.update((all) =>
    all.some((one) => one.postId === postId)
      ? all.map((one) => (one.postId === postId ? { ...one, made } : one))
      : all,
  )
}
