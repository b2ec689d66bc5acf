import type { Media, StoryId } from '@tintype/contract'
import { useEffect } from 'react'
import { entities } from '../../../data/entities/entities.ts'
import { sourcesOf } from '../../../ui/media-sources.ts'
import { savesData } from '../../../ui/saves-data.ts'

/** The picture's width where all of it stands on the stage; the stage's size is that of StoryViewer.module.css. */
export const storySizes = ({ width, height }: Media): string => {
  const ratio = Math.round((width / height) * 1000) / 1000
  return `(max-width: 767px) min(100vw, 90dvh * ${ratio}), min(52dvh, 90dvh * ${ratio})`
}

/** How many pictures are fetched ahead. */
const AHEAD = 2

/** Fetches the next pictures, so that they are there when their turn comes. */
export function usePreload(upcoming: readonly StoryId[]): void {
  const next = upcoming.slice(0, AHEAD).join()
  useEffect(() => {
    const ids = next.split(',')
    for (const id of ids) {
      const media = entities.get('stories', id as StoryId)?.media
      if (!media) continue
      if (id === ids[0] && media.type === 'video' && !savesData()) fetchFilm(media.url)
      const image = new Image()
      const { avif, webp, src } = sourcesOf(media)
      image.sizes = storySizes(media)
      // The renditions of the picture's own `<picture>`, as far as an image by itself can choose among them.
      if (!avif && webp) image.srcset = webp
      if (!avif) image.src = src
      else preloadAvif(avif, image.sizes)
    }
  }, [next])
}

/** Its beginning, as far ahead as the browser likes: into the cache that the player reads. */
function fetchFilm(url: string): void {
  const film = document.createElement('video')
  Object.assign(film, { preload: 'auto', muted: true, src: url })
}

/** Only browsers that read AVIF follow a link with its type, as they do with a source. */
function preloadAvif(srcset: string, sizes: string): void {
  const link = document.createElement('link')
  Object.assign(link, { rel: 'preload', as: 'image', type: 'image/avif' })
  link.setAttribute('imagesrcset', srcset)
  link.setAttribute('imagesizes', sizes)
  link.onload = () => link.remove()
  document.head.append(link)
}
