import { useMutation } from '@tanstack/react-query'
import { type ChangeEvent, useRef, useState } from 'react'
import { setMe, useMember } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import { AvatarCropDialog } from './AvatarCropDialog.tsx'
import styles from './AvatarEditor.module.css'
import { changePicture } from './change-picture.ts'
import { t as words } from './section-messages.ts'

/** The picture beside the name: choose, place, upload. */
export function AvatarEditor() {
  const me = useMember()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const change = useMutation({
    mutationFn: changePicture,
    onSuccess: ({ me, isShown }) => {
      setMe(me)
      setFile(null)
      void queryClient.invalidateQueries({ queryKey: ['profile'] })
      toast(words(isShown ? 'editProfile.pictureSaved' : 'editProfile.pictureLater'))
    },
    onError: reportError,
  })
  const handlePick = (event: ChangeEvent<HTMLInputElement>) => {
    setFile(event.target.files?.[0] ?? null)
    // The same file may be chosen again.
    event.target.value = ''
  }
  return (
    <div className={styles.editor}>
      <Avatar user={me} size={96} />
      <div className={styles.side}>
        <p className={styles.name}>{me.username}</p>
        <div className={styles.actions}>
          <Button
            label={words('editProfile.change')}
            size="small"
            tone="ink"
            onPress={() => input.current?.click()}
          />
          {me.profile_picture && (
            <Button
              label={words('editProfile.removePicture')}
              size="small"
              tone="quiet"
              busy={change.isPending && !file}
              onPress={() => change.mutate(null)}
            />
          )}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*,.heic,.heif,.avif"
        hidden
        aria-label={words('editProfile.picture')}
        onChange={handlePick}
      />
      {file && (
        <AvatarCropDialog
          file={file}
          busy={change.isPending}
          onClose={() => setFile(null)}
          onDone={(picture) => change.mutate(picture)}
        />
      )}
    </div>
  )
}
