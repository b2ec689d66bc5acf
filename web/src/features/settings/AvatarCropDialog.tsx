import { useEffect, useState } from 'react'
import { reportError } from '../../data/report-error.ts'
import { CropFrame } from '../../editor/crop/CropFrame.tsx'
import { type Framing, maxZoom, type Size, zoomTo } from '../../editor/crop/crop.ts'
import { t } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { type PhotoType, pictureKind } from '../../upload/picture-kind.ts'
import styles from './AvatarCropDialog.module.css'
import { centred, cutOf, cutOut } from './avatar-crop.ts'
import { t as words } from './section-messages.ts'

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
  const [framed, setFramed] = useState<Framing>()
  const size = image && { width: image.naturalWidth, height: image.naturalHeight }
  const framing = framed ?? (size && centred(size))
  const handleDone = () => {
    if (unseen) onDone(unseen)
    else if (image && size && framing) cutOut(image, framing, size).then(onDone, reportError)
  }
  const button = (
    <Button
      label={words('editProfile.use')}
      tone="primary"
      size="small"
      busy={busy}
      disabled={!image && !unseen}
      onPress={handleDone}
    />
  )
  return (
    <Dialog open onClose={onClose} title={words('editProfile.cropTitle')} size="small" action={button}>
      <div className={styles.crop}>
        {failed && <FormError text={words('editProfile.unreadable')} />}
        {unseen && <p className={styles.hint}>{words('editProfile.unseen')}</p>}
        {!image && !failed && !unseen && <Spinner label={t('state.loading')} />}
        {image && size && framing && (
          <Placing src={image.src} size={size} framing={framing} onFrame={setFramed} />
        )}
      </div>
    </Dialog>
  )
}

interface PlacingProps {
  src: string
  size: Size
  framing: Framing
  onFrame: (framing: Framing) => void
}

function Placing({ src, size, framing, onFrame }: PlacingProps) {
  const { x, y, width, height } = cutOf(framing, size)
  const percent = (fraction: number) => `${fraction * 100}%`
  const farthest = maxZoom(framing, size)
  return (
    <>
      <div className={styles.window}>
        <CropFrame
          label={words('editProfile.cropArea')}
          hint={words('editProfile.cropHint')}
          framing={framing}
          size={size}
          onFrame={onFrame}
          round
        >
          <img
            src={src}
            alt=""
            draggable={false}
            style={{
              inlineSize: percent(1 / width),
              blockSize: percent(1 / height),
              insetInlineStart: percent(-x / width),
              insetBlockStart: percent(-y / height),
            }}
          />
        </CropFrame>
      </div>
      {farthest > 1 && (
        <div className={styles.zoom}>
          <Slider
            label={words('editProfile.zoom')}
            value={framing.zoom}
            min={1}
            max={farthest}
            step={0.01}
            text={`${framing.zoom.toFixed(1)}×`}
            onChange={(zoom) => onFrame(zoomTo(framing, size, zoom))}
          />
        </div>
      )}
      <p className={styles.hint}>{words('editProfile.cropHint')}</p>
    </>
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
        const found = await pictureKind(file).catch(() => 'other' as const)
        const kind = typeof found === 'object' && 'film' in found ? 'other' : found
        if (typeof kind === 'object' && isUnknownToBrowsers(kind))
          setUnseen(file.slice(0, file.size, kind.type))
        else setFailed(true)
      },
    )
    return () => URL.revokeObjectURL(url)
  }, [file])
  return { image, failed, unseen }
}
