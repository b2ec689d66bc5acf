import { type CSSProperties, type SyntheticEvent, useEffect, useRef } from 'react'
import type { Size } from '../../../editor/crop/crop.ts'
import { prefersStill } from '../../../shell/viewport.ts'
import { useObjectUrl } from '../../../ui/use-object-url.ts'
import { pictureBox } from '../scene/place.ts'
import type { SceneFilm, ScenePicture } from '../scene/scene.ts'
import styles from './Frame.module.css'

interface FilmLayerProps {
  picture: ScenePicture
  film: SceneFilm
  file: Blob
  /** Of the film, upright. */
  size: Size
}

/** The film where it stands in the frame: what is kept of it, over and over, silent. */
export function FilmLayer({ picture, film, file, size }: FilmLayerProps) {
  const url = useObjectUrl(file)
  const video = useRef<HTMLVideoElement>(null)
  const { start, end } = film
  useEffect(() => {
    if (video.current) video.current.currentTime = start
  }, [start])
  const handleTime = ({ currentTarget }: SyntheticEvent<HTMLVideoElement>) => {
    if (end !== null && currentTarget.currentTime >= end) currentTarget.currentTime = start
  }
  const { place } = picture
  const box = pictureBox(size, place.size)
  const style: CSSProperties = {
    left: `${place.x * 100}%`,
    top: `${place.y * 100}%`,
    width: `${box.width * 100}cqi`,
    height: `${box.height * 100}cqi`,
    rotate: `${place.rotation}deg`,
  }
  if (!url) return null
  return (
    <video
      ref={video}
      className={styles.film}
      style={style}
      src={url}
      autoPlay={!prefersStill()}
      loop
      muted
      playsInline
      aria-hidden
      onTimeUpdate={handleTime}
    />
  )
}
