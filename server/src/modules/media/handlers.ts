import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Captions } from './captions.ts'
import type { Originals } from './originals.ts'
import type { Uploads } from './uploads.ts'

type MediaHandlers = Handlers<Routes['media']>

export function mediaHandlers(uploads: Uploads, originals: Originals, captions: Captions): MediaHandlers {
  const requestUploads: MediaHandlers['requestUploads'] = async ({ viewer, body }) => ({
    uploads: await uploads.requestUploads(viewer.user_id, body),
  })
  return {
    requestUploads,
    requestPostUploads: requestUploads,
    uploadStatus: ({ viewer, params }) => uploads.uploadStatus(viewer.user_id, params.upload_id),
    cancelUpload: async ({ viewer, params }) => {
      await uploads.cancelUpload(viewer.user_id, params.upload_id)
      return {}
    },
    setCaptions: async ({ viewer, params, body }) => {
      await captions.set(viewer.user_id, params.media_id, body)
      return {}
    },
    removeCaptions: async ({ viewer, params }) => {
      await captions.remove(viewer.user_id, params.media_id)
      return {}
    },
    original: ({ viewer, params }) => originals.link(viewer.user_id, params.media_id),
  }
}
