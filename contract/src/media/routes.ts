import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, MediaId, Timestamp, Type, UploadId } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { FileAnnouncement, NewCaptions, UploadTicket } from './schemas.ts'

const announcement = {
  method: 'POST',
  access: 'member',
  rateLimit: 'upload',
  idempotent: true,
  status: 201,
  body: Exact({ files: Type.Array(FileAnnouncement, { minItems: 1, maxItems: limits.carousel }) }),
  reply: Exact({ uploads: Type.Array(UploadTicket) }),
  errors: ['media_empty', 'media_type_unsupported', 'media_too_large', 'media_video_off', 'quota_exceeded'],
} as const

export const mediaRoutes = {
  requestUploads: route({
    ...announcement,
    path: '/uploads',
    summary: 'Announce files and receive a presigned URL for each',
    scope: 'write',
  }),
  /** The name it had before anything but posts had pictures. */
  requestPostUploads: route({
    ...announcement,
    path: '/posts/upload',
    summary: 'The same as POST /uploads',
    scope: 'write',
  }),
  /** For resuming: which parts have arrived. */
  uploadStatus: route({
    method: 'GET',
    path: '/uploads/{upload_id}',
    summary: 'What of an upload has arrived',
    access: 'member',
    scope: 'read',
    params: Exact({ upload_id: UploadId }),
    reply: Exact({
      upload_id: UploadId,
      state: Type.Union([
        Type.Literal('pending'),
        Type.Literal('complete'),
        Type.Literal('used'),
        Type.Literal('expired'),
      ]),
      received_parts: Type.Array(Type.Integer()),
    }),
    errors: ['upload_not_found'],
  }),
  cancelUpload: route({
    method: 'DELETE',
    path: '/uploads/{upload_id}',
    summary: 'Give an upload up; its bytes are removed',
    access: 'member',
    scope: 'write',
    params: Exact({ upload_id: UploadId }),
    reply: Empty,
    errors: ['upload_not_found', 'upload_already_used'],
  }),
  setCaptions: route({
    method: 'PUT',
    path: '/media/{media_id}/captions',
    summary: 'Say what is said in a video of one’s own post, in place of what was said of it before',
    access: 'member',
    scope: 'write',
    rateLimit: 'upload',
    params: Exact({ media_id: MediaId }),
    body: NewCaptions,
    reply: Empty,
    errors: ['not_found', 'captions_invalid', 'words_refused'],
  }),
  removeCaptions: route({
    method: 'DELETE',
    path: '/media/{media_id}/captions',
    summary: 'Take that away',
    access: 'member',
    scope: 'write',
    params: Exact({ media_id: MediaId }),
    reply: Empty,
    errors: ['not_found'],
  }),
  original: route({
    method: 'GET',
    path: '/media/{media_id}/original',
    summary: 'A short-lived link to the untouched original, for its owner alone',
    access: 'member',
    scope: 'read',
    params: Exact({ media_id: MediaId }),
    reply: Exact({ url: Type.String(), expires_at: Timestamp }),
    errors: ['not_found'],
  }),
} satisfies RouteGroup
