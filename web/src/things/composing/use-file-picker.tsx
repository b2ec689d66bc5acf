import { type ChangeEvent, useRef } from 'react'
import { acceptedTypes, acceptedWithFilms } from './intake.ts'

/** The system's file dialog: `input` goes anywhere into the page, `open` shows the dialog. */
export function useFilePicker(onFiles: (files: File[]) => void, { camera = false, films = false } = {}) {
  const ref = useRef<HTMLInputElement>(null)
  const handleChange = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])])
    // So that the same file can be chosen again.
    event.target.value = ''
  }
  return {
    open: () => ref.current?.click(),
    input: (
      <input
        ref={ref}
        type="file"
        hidden
        multiple={!camera}
        accept={acceptOf(camera, films)}
        capture={camera ? 'environment' : undefined}
        onChange={handleChange}
      />
    ),
  }
}

const acceptOf = (camera: boolean, films: boolean): string => {
  if (camera) return films ? 'image/*,video/*' : 'image/*'
  return films ? acceptedWithFilms : acceptedTypes
}
