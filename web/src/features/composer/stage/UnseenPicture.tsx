import { type Framing, ratioOf, type Size } from '../../../editor/crop/crop.ts'
import { Drawing } from '../../../ui/drawings/Drawing.tsx'
import { t } from '../messages.ts'
import styles from './UnseenPicture.module.css'

interface UnseenPictureProps {
  framing: Framing
  size: Size | undefined
}

/** Where this browser cannot decode a picture: its outline in the shape it will have, and why nothing shows. */
export function UnseenPicture({ framing, size }: UnseenPictureProps) {
  const { shape } = framing
  const ratio = size ? ratioOf(framing, size) : 1
  return (
    <div className={styles.frame} style={{ aspectRatio: ratio, inlineSize: `min(84cqi, 84cqb * ${ratio})` }}>
      <div className={styles.words}>
        <span className={styles.drawing}>
          <Drawing>
            <path d="M34 22h80v68H34z" />
            <path d="M42 30h64v44H42z" strokeDasharray="2 5" />
            <path d="M42 82h26" />
            <circle cx="104" cy="82" r="3" fill="var(--spot)" stroke="none" />
            <path d="M58 66c4-10 10-16 16-16s12 6 16 16M68 44a6 6 0 1 0 12 0 6 6 0 1 0-12 0" />
          </Drawing>
        </span>
        <p className={styles.title}>{t('stage.unseen')}</p>
        <p className={styles.text}>{t('stage.unseenText')}</p>
        {size && shape !== 'original' && <p className={styles.text}>{t('stage.unseenCrop', { shape })}</p>}
      </div>
    </div>
  )
}
