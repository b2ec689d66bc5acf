import type { ErrorTable } from '../core/errors.ts'

export const mediaErrors = {
  media_empty: { status: 400, message: 'This file is empty.' },
  media_truncated: { status: 422, message: 'This file is incomplete: part of it is missing.' },
  media_corrupt: { status: 422, message: 'This file could not be read.' },
  media_type_unsupported: {
    status: 415,
    message:
      'Tintype takes JPEG, PNG, WebP, AVIF, GIF and HEIC pictures, and MP4, MOV, WebM, MKV, AVI and 3GP videos.',
  },
  media_type_mismatch: { status: 422, message: 'This file is not of the kind it says it is.' },
  media_too_large: {
    status: 413,
    message:
      'This file is too large: pictures may have 30 MB, videos 300 MB unless this community says otherwise.',
  },
  media_too_many_pixels: { status: 422, message: 'This picture has more than 100 megapixels.' },
  media_too_small: { status: 422, message: 'This picture is too small to show.' },
  media_animated: {
    status: 422,
    message: 'A picture that moves cannot be used here. Please upload a still one.',
  },
  media_too_long: { status: 422, message: 'This video is longer than may be posted here.' },
  media_no_picture: { status: 422, message: 'There is no picture in this video.' },
  media_no_sound: { status: 422, message: 'There is nothing to hear in this recording.' },
  media_video_off: { status: 422, message: 'This community takes no videos.' },
  media_kind_unwanted: { status: 422, message: 'A file of this kind cannot be used here.' },
  media_known: {
    status: 422,
    message: 'Moderators have removed this picture here before: it cannot be posted again.',
  },
  captions_invalid: { status: 422, message: 'These are no captions: a WebVTT file is wanted.' },
  media_size_mismatch: { status: 422, message: 'The file does not have the size that was announced.' },
  media_hash_mismatch: { status: 422, message: 'The file does not have the checksum that was announced.' },
  upload_not_found: { status: 404, message: 'This upload does not exist.' },
  upload_incomplete: { status: 409, message: 'A file of this post has not been uploaded yet.' },
  upload_already_used: { status: 409, message: 'This upload has been used already.' },
  upload_expired: { status: 410, message: 'This upload has expired. Please start it again.' },
  signature_invalid: { status: 403, message: 'This link is not valid.' },
  signature_expired: { status: 403, message: 'This link has expired.' },
} as const satisfies ErrorTable

/** What can be wrong with uploads at the moment they are put to use: as pictures of a post, as a profile picture. */
export const usedUploadErrors = [
  'upload_not_found',
  'upload_incomplete',
  'upload_already_used',
  'upload_expired',
  'media_empty',
  'media_too_large',
  'media_size_mismatch',
  'media_hash_mismatch',
  'media_type_mismatch',
  'media_type_unsupported',
  'media_animated',
  'media_truncated',
  'media_corrupt',
  'media_too_many_pixels',
  'media_too_small',
  'media_too_long',
  'media_no_picture',
  'media_no_sound',
  'media_video_off',
  'media_kind_unwanted',
] as const
