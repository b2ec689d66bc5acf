import { Link } from '@tanstack/react-router'
import { ExternalLink, MapPin } from 'lucide-react'
import { classes } from '../../../ui/classes.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { t } from '../messages.ts'
import styles from './Stickers.module.css'
import type { StickerProps } from './sticker-props.ts'

export function MentionSticker({ sticker: { username } }: StickerProps<'mention'>) {
  return (
    <Link to="/$username" params={{ username }} className={classes(styles.pill, styles.mention)}>
      @{username}
    </Link>
  )
}

export function HashtagSticker({ sticker: { tag } }: StickerProps<'hashtag'>) {
  return (
    <Link to="/tags/$tag" params={{ tag }} className={classes(styles.pill, styles.hashtag)}>
      #{tag}
    </Link>
  )
}

export function PlaceSticker({ sticker: { place } }: StickerProps<'place'>) {
  return (
    <Link
      to="/places/$place"
      params={{ place: place.name }}
      className={styles.pill}
      aria-label={t('sticker.place', { name: place.name })}
    >
      <MapPin aria-hidden className={styles.sign} />
      <span>{place.name}</span>
    </Link>
  )
}

function hostOf(url: string): string {
  try {
    return new URL(url).host.replace(/^www\./, '')
  } catch {
    return url
  }
}

/** Says where it leads, whatever its label promises. */
export function LinkSticker({ sticker: { url, label } }: StickerProps<'link'>) {
  const host = hostOf(url)
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={classes(styles.pill, styles.link)}
    >
      <ExternalLink aria-hidden className={styles.sign} />
      <span className={styles.stack}>
        <span>{label || host}</span>
        {label && (
          <span className={styles.host}>
            <VisuallyHidden>, </VisuallyHidden>
            {host}
          </span>
        )}
        <VisuallyHidden>, {t('sticker.opens')}</VisuallyHidden>
      </span>
    </a>
  )
}
