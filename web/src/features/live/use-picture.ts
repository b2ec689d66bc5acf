import { useEffect, useState } from 'react'

/** `program`: from streaming software, and so not from here. */
export type PictureFrom = 'camera' | 'screen' | 'program'

const CAMERA: MediaStreamConstraints = {
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
  audio: { echoCancellation: true, noiseSuppression: true },
}

/** The screen with the microphone, where there is one. */
async function screenStream(): Promise<MediaStream> {
  const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 30 }, audio: true })
  if (screen.getAudioTracks().length > 0) return screen
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => undefined)
  return new MediaStream([...screen.getVideoTracks(), ...(microphone?.getAudioTracks() ?? [])])
}

interface Picture {
  stream: MediaStream | undefined
  /** It may not, or cannot be used, or not any more. */
  failed: boolean
}

/** What the camera or the screen shows, for as long as the component is there. `on`: false as long as it is not needed. */
export function usePicture(from: PictureFrom, on: boolean): Picture {
  const [picture, setPicture] = useState<Picture>({ stream: undefined, failed: false })
  useEffect(() => {
    if (!on || from === 'program') return setPicture({ stream: undefined, failed: false })
    let isOver = false
    let opened: MediaStream | undefined
    const stop = () => {
      for (const track of opened?.getTracks() ?? []) track.stop()
    }
    setPicture({ stream: undefined, failed: false })
    const open = async () =>
      from === 'screen' ? screenStream() : navigator.mediaDevices.getUserMedia(CAMERA)
    open().then(
      (stream) => {
        opened = stream
        if (isOver) return stop()
        setPicture({ stream, failed: false })
        // Its owner stopped it from outside: the browser's own bar, a cable that was pulled.
        const handleEnded = () => !isOver && setPicture({ stream: undefined, failed: true })
        for (const track of stream.getVideoTracks()) track.addEventListener('ended', handleEnded)
      },
      () => !isOver && setPicture({ stream: undefined, failed: true }),
    )
    return () => {
      isOver = true
      stop()
    }
  }, [from, on])
  return picture
}
