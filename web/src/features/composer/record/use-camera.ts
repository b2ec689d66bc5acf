import { useEffect, useState } from 'react'

export type Facing = 'user' | 'environment'

interface Camera {
  stream: MediaStream | undefined
  failed: boolean
}

/** A picture upright where the camera can, and a sound. For as long as the component is there. */
export function useCamera(facing: Facing): Camera {
  const [camera, setCamera] = useState<Camera>({ stream: undefined, failed: false })
  useEffect(() => {
    let isOver = false
    let opened: MediaStream | undefined
    const stop = () => {
      for (const track of opened?.getTracks() ?? []) track.stop()
    }
    const open = async () =>
      navigator.mediaDevices.getUserMedia({
        video: {
          facingMode: facing,
          width: { ideal: 1080 },
          height: { ideal: 1920 },
          frameRate: { ideal: 30 },
        },
        audio: true,
      })
    open().then(
      (stream) => {
        opened = stream
        if (isOver) return stop()
        setCamera({ stream, failed: false })
      },
      () => !isOver && setCamera({ stream: undefined, failed: true }),
    )
    return () => {
      isOver = true
      stop()
    }
  }, [facing])
  return camera
}
