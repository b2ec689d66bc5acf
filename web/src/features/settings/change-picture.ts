import type { Me } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { uploadPicture } from '../../data/upload-picture.ts'

/** Looks after so many ms for the picture that comes back; a HEIC takes a second or two. */
const LOOKS = [250, 250, 500, 500, 1000, 1000, 2000, 2000, 2500]

export interface Changed {
  me: Me
  /** The picture is shown as it came back; false: it takes longer, or could not be used. */
  isShown: boolean
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Uploads a picture and makes it the member's (null takes it away), and waits a while until the server has cut it. */
export async function changePicture(picture: Blob | null): Promise<Changed> {
  const avatar_upload_id = picture && (await uploadPicture(picture))
  const before = await api.members.update({ body: { avatar_upload_id } })
  if (!picture) return { me: before, isShown: true }
  for (const ms of LOOKS) {
    await pause(ms)
    const me = await api.members.me()
    if (me.profile_picture !== before.profile_picture) return { me, isShown: true }
  }
  return { me: before, isShown: false }
}
