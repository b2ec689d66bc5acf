import { useEffect, useState } from 'react'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { type PhotoType, pictureKind } from '../../upload/picture-kind.ts'
import styles from './AvatarCropDialog.module.css'
import { CENTRED, cutSquare, MAX_ZOOM, type Placement, settle } from './avatar-crop.ts'
import { CropWindow } from './CropWindow.tsx'

interface AvatarCropDialogProps {
  file: File
  busy: boolean
  onClose: () => void
  onDone: (picture: Blob) => void
}

/** All browsers decode the others: one that fails is damaged. */
const isUnknownToBrowsers = ({ type, animated }: { type: PhotoType; animated: boolean }) =>
  !animated && (type === 'image/heic' || type === 'image/avif')

/** Moves and enlarges the picture under a round window. */
export function AvatarCropDialog({ file, busy, onClose, onDone }: AvatarCropDialogProps) {
  const { image, failed, unseen } = useImage(file)
  const [placement, setPlacement] = useState<Placement>(CENTRED)
  const size = image && { width: image.naturalWidth, height: image.naturalHeight }
  const place = (next: Placement) => size && setPlacement(settle(next, size))
  const handleDone = () => {
    if (unseen) onDone(unseen)
    else if (image && size) cutSquare(image, placement, size).then(onDone, reportError)
  }
  const button = (
    <Button
      label={t('editProfile.use')}
      tone="primary"
      size="small"
      busy={busy}
      disabled={!image && !unseen}
      onPress={handleDone}
    />
  )
  return (
    <Dialog open onClose={onClose} title={t('editProfile.cropTitle')} size="small" action={button}>
      <div className={styles.crop}>
        {failed && <FormError text={t('editProfile.unreadable')} />}
        {unseen && <p className={styles.hint}>{t('editProfile.unseen')}</p>}
        {!image && !failed && !unseen && <Spinner label={t('state.loading')} />}
        {image && size && <CropWindow src={image.src} size={size} placement={placement} onPlace={place} />}
        {image && (
          <label className={styles.zoom}>
            {t('editProfile.zoom')}
            <input
              type="range"
              min={1}
              max={MAX_ZOOM}
              step={0.01}
              value={placement.zoom}
              onChange={(event) => place({ ...placement, zoom: Number(event.target.value) })}
            />
          </label>
        )}
        {image && <p className={styles.hint}>{t('editProfile.cropHint')}</p>}
      </div>
    </Dialog>
  )
}

/**
 * Reads the file as a picture; the browser turns it upright. `unseen`: one that the browser cannot decode and the server can, to be
 * sent as it is.
 */
function useImage(file: File) {
  const [image, setImage] = useState<HTMLImageElement | null>(null)
  const [unseen, setUnseen] = useState<Blob | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const url = URL.createObjectURL(file)
    const loading = new Image()
    loading.src = url
    loading.decode().then(
      () => setImage(loading),
      async () => {
        const kind = await pictureKind(file).catch(() => 'other' as const)
        if (typeof kind === 'object' && isUnknownToBrowsers(kind))
          setUnseen(file.slice(0, file.size, kind.type))
        else setFailed(true)
      },
    )
    return () => URL.revokeObjectURL(url)
  }, [file])
  return { image, failed, unseen }
}
