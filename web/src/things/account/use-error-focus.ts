import { useEffect, useRef } from 'react'

/** For a form: whenever `failures` goes up, focus goes to the first field that has something wrong with it. */
export function useErrorFocus(failures: number) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (failures > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [failures])
  return form
}
