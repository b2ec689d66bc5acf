import { bind, type RouteBinding } from '../../gateway/binding.ts'
import type { MediaService } from './service.ts'
import type { Uploads } from './uploads.ts'

export const mediaRoutes = (uploads: Uploads, media: MediaService): RouteBinding[] => [
  bind('requestUploads', async ({ viewer, body }) => ({
    uploads: await uploads.requestUploads(viewer.user_id, body),
  })),
  bind('uploadStatus', ({ viewer, params }) => uploads.uploadStatus(viewer.user_id, params.upload_id)),
  bind('cancelUpload', async ({ viewer, params }) => {
    await uploads.cancelUpload(viewer.user_id, params.upload_id)
    return {}
  }),
  bind('original', ({ viewer, params }) => media.original(viewer.user_id, params.media_id)),
]
