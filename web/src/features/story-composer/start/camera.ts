import { canvasOf } from '../render/draw.ts'

export type CameraProblem = 'denied' | 'none' | 'busy' | 'insecure'
export type Facing = 'user' | 'environment'

/** The camera's picture; asks for permission the first time. */
export async function openCamera(facing: Facing): Promise<MediaStream | CameraProblem> {
  // Browsers give it to pages over https alone.
  if (!navigator.mediaDevices?.getUserMedia) return 'insecure'
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { facingMode: facing, width: { ideal: 1920 }, height: { ideal: 1080 } },
      audio: false,
    })
  } catch (error) {
    return problemOf(error)
  }
}

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  return 'busy'
}

export const closeCamera = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop()
}

/** What the camera sees now, cut to the frame's shape; the front camera's as in a mirror, as it was seen. */
export async function capture(video: HTMLVideoElement, facing: Facing): Promise<File | null> {
  const { videoWidth, videoHeight } = video
  const width = Math.round(Math.min(videoWidth, (videoHeight * 9) / 16))
  const height = Math.round(Math.min(videoHeight, (videoWidth * 16) / 9))
  if (width === 0) return null
  const canvas = canvasOf({ width, height })
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return null
  if (facing === 'user') {
    context.translate(width, 0)
    context.scale(-1, 1)
  }
  context.drawImage(video, (width - videoWidth) / 2, (height - videoHeight) / 2)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95))
  return blob && new File([blob], 'camera.jpg', { type: 'image/jpeg' })
}

/** The same picture with sound; without, where the microphone is not to be had. */
export async function withSound(picture: MediaStream): Promise<{ stream: MediaStream; isSilent: boolean }> {
  try {
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true, video: false })
    return {
      stream: new MediaStream([...picture.getVideoTracks(), ...sound.getAudioTracks()]),
      isSilent: false,
    }
  } catch {
    return { stream: new MediaStream(picture.getVideoTracks()), isSilent: true }
  }
}
